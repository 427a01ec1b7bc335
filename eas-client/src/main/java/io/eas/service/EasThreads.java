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
 * The threads of an application's EAS services. All are daemon threads, and are stopped
 * by {@link #close}. Polls have a thread of their own, so that callers can't delay them.
 * Thread-safe.
 */
public final class EasThreads implements AutoCloseable {

	private static final Log log = LogFactory.getLog(EasThreads.class);

	private static final int MOST_TIMERS = 4;

	/** The tick of the deadline timer; a deadline fires at most two ticks late. */
	private static final long TICK_MILLIS = 10;

	private static final int TICKS = 512;

	private final Scheduler polls = Schedulers.newSingle(SharedThread.named("eas-discovery"));

	private final Scheduler files = Schedulers.newSingle("eas-files", true);

	private final Scheduler timer = Schedulers.newParallel(
			Math.min(MOST_TIMERS, Runtime.getRuntime().availableProcessors()), SharedThread.named("eas-timer"));

	/**
	 * The timer of deadlines, started by the first call. Tasks that are due run on
	 * {@link #timer}.
	 */
	private final Timer deadlines = new HashedWheelTimer(new DefaultThreadFactory("eas-deadlines", true), TICK_MILLIS,
			TimeUnit.MILLISECONDS, TICKS, false, -1, this.timer::schedule);

	/**
	 * Returns the scheduler that runs polls.
	 * @return the scheduler; always the same object
	 */
	public Scheduler polls() {
		return this.polls;
	}

	/**
	 * Returns the scheduler for blocking file access: token files and snapshots.
	 * @return the scheduler; always the same object
	 */
	public Scheduler files() {
		return this.files;
	}

	/**
	 * Returns the scheduler of the delays between attempts and of health checks.
	 * @return the scheduler; always the same object
	 */
	public Scheduler timer() {
		return this.timer;
	}

	/**
	 * Returns the timer of the deadlines of calls. It is cheap for deadlines that don't
	 * expire, and accurate to about 20 ms.
	 * @return the timer; always the same object
	 */
	public Timer deadlines() {
		return this.deadlines;
	}

	/**
	 * Stops all threads. Calls in flight are terminated, since their deadlines would no
	 * longer be monitored.
	 */
	@Override
	public void close() {
		this.deadlines.stop().forEach(EasThreads::expire);
		this.polls.dispose();
		this.files.dispose();
		this.timer.dispose();
	}

	/**
	 * Runs the deadline task of a call, which terminates the call because the timer is
	 * stopped.
	 */
	private static void expire(Timeout timeout) {
		try {
			timeout.task().run(timeout);
		}
		catch (Throwable ex) {
			log.error("A call could not be ended while the application stopped, so its caller may get no result", ex);
		}
	}

}
