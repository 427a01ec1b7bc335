package io.eas.discovery.snapshot;

import java.util.ArrayDeque;
import java.util.Queue;

import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A thread that has time when a test says so.
 */
final class ManualThread {

	private final Queue<Runnable> tasks = new ArrayDeque<>();

	private final Scheduler scheduler = Schedulers.fromExecutor(this.tasks::add);

	Scheduler scheduler() {
		return this.scheduler;
	}

	/** How many tasks wait. */
	int waiting() {
		return this.tasks.size();
	}

	/** Runs all tasks, on the thread of the caller. */
	void run() {
		for (Runnable task = this.tasks.poll(); task != null; task = this.tasks.poll()) {
			task.run();
		}
	}

}
