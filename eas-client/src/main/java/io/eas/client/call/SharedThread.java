package io.eas.client.call;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

import reactor.core.scheduler.NonBlocking;

/**
 * A thread that all calls share, such as one that watches their limits: whoever blocks it
 * holds up the others. So no subscriber is told anything on it.
 */
public final class SharedThread extends Thread implements NonBlocking {

	private SharedThread(Runnable work, String name) {
		super(work, name);
		setDaemon(true);
	}

	/**
	 * Makes such threads.
	 * @param name what their names begin with
	 * @return daemons, numbered from 1 on
	 */
	public static ThreadFactory named(String name) {
		AtomicInteger number = new AtomicInteger();
		return (work) -> new SharedThread(work, name + "-" + number.incrementAndGet());
	}

}
