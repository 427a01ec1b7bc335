package io.eas.client.call;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

import reactor.core.scheduler.NonBlocking;
import reactor.core.scheduler.Schedulers;

/**
 * A thread that all calls share, such as the one that watches their time limits. Blocking
 * it would delay the other calls, so no subscriber is notified on it.
 */
public final class SharedThread extends Thread implements NonBlocking {

	private SharedThread(Runnable work, String name) {
		super(work, name);
		setDaemon(true);
	}

	/**
	 * Returns a factory for such threads.
	 * @param name the prefix of their names
	 * @return a factory for daemon threads, numbered from 1
	 */
	public static ThreadFactory named(String name) {
		AtomicInteger number = new AtomicInteger();
		return (work) -> new SharedThread(work, name + "-" + number.incrementAndGet());
	}

	/**
	 * Runs a task that may take a long time, such as notifying a subscriber: on this
	 * thread, or on another one if this thread is shared.
	 * @param task the task
	 */
	static void leave(Runnable task) {
		if (!(Thread.currentThread() instanceof SharedThread)) {
			task.run();
			return;
		}
		try {
			Schedulers.boundedElastic().schedule(task);
		}
		catch (RejectedExecutionException ex) {
			// the application has shut down its schedulers
			task.run();
		}
	}

}
