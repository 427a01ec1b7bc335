package io.eas.client;

import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The threads of an application's EAS services, daemons all, ended by {@link #close}.
 * Polls have one of their own, so that nothing a caller does can hold them up.
 */
public final class EasThreads implements AutoCloseable {

	private static final int MOST_TIMERS = 4;

	private final Scheduler polls = Schedulers.newSingle("eas-discovery", true);

	private final Scheduler files = Schedulers.newSingle("eas-files", true);

	private final Scheduler timer = Schedulers.newParallel("eas-timer",
			Math.min(MOST_TIMERS, Runtime.getRuntime().availableProcessors()), true);

	/**
	 * Runs polls.
	 * @return always the same
	 */
	public Scheduler polls() {
		return this.polls;
	}

	/**
	 * Reads token files, and reads and writes snapshots, which may block.
	 * @return always the same
	 */
	public Scheduler files() {
		return this.files;
	}

	/**
	 * Times deadlines of calls and pauses between their attempts.
	 * @return always the same
	 */
	public Scheduler timer() {
		return this.timer;
	}

	@Override
	public void close() {
		this.polls.dispose();
		this.files.dispose();
		this.timer.dispose();
	}

}
