package io.eas.service;

import java.util.concurrent.TimeUnit;

import io.eas.client.call.SharedThread;
import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.Timer;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The threads of an application's EAS services, daemons all, ended by {@link #close}.
 * Polls have one of their own, so that nothing a caller does can hold them up.
 */
public final class EasThreads implements AutoCloseable {

	private static final Log log = LogFactory.getLog(EasThreads.class);

	private static final int MOST_TIMERS = 4;

	/** Deadlines are met a little later than they say: twice this at most. */
	private static final long TICK_MILLIS = 10;

	private static final int TICKS = 512;

	private final Scheduler polls = Schedulers.newSingle(SharedThread.named("eas-discovery"));

	private final Scheduler files = Schedulers.newSingle("eas-files", true);

	private final Scheduler timer = Schedulers.newParallel(
			Math.min(MOST_TIMERS, Runtime.getRuntime().availableProcessors()), SharedThread.named("eas-timer"));

	/** Turns from the first call on. What is due runs on the timer. */
	private final Timer deadlines = new HashedWheelTimer(new DefaultThreadFactory("eas-deadlines", true), TICK_MILLIS,
			TimeUnit.MILLISECONDS, TICKS, false, -1, this.timer::schedule);

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
	 * Times the pauses between the attempts of calls, and the checks of instances.
	 * @return always the same
	 */
	public Scheduler timer() {
		return this.timer;
	}

	/**
	 * Watches the deadlines of calls: cheap for those that are met, and exact to some
	 * milliseconds.
	 * @return always the same
	 */
	public Timer deadlines() {
		return this.deadlines;
	}

	/** Calls that are under way end with this, for nobody would watch their limits. */
	@Override
	public void close() {
		this.deadlines.stop().forEach(EasThreads::expire);
		this.polls.dispose();
		this.files.dispose();
		this.timer.dispose();
	}

	/** What watches a call finds the timer stopped, and ends it. */
	private static void expire(Timeout timeout) {
		try {
			timeout.task().run(timeout);
		}
		catch (Throwable ex) {
			log.error("A call could not be ended as the application stopped", ex);
		}
	}

}
