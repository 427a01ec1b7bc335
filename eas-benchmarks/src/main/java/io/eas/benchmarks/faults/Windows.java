package io.eas.benchmarks.faults;

import java.time.Duration;

import io.eas.benchmarks.clients.Timeouts;

/**
 * The durations of the phases of a case.
 *
 * @param warmUp the time before anything is measured
 * @param calls the number of calls that must also be answered before the warm-up ends
 * @param before the measured time before the fault
 * @param lead the first part of the fault, which isn't measured if retries are limited,
 * because earlier calls still allow retries in that time
 * @param during the measured time during the fault
 * @param after the measured time after the repair
 * @param timeouts the timeouts of clients
 */
record Windows(Duration warmUp, int calls, Duration before, Duration lead, Duration during, Duration after,
		Timeouts timeouts) {

	private static final Duration CONNECT = Duration.ofMillis(500);

	/** The time window of the client's retry budget. */
	private static final Duration BUDGET = Duration.ofSeconds(10);

	/**
	 * The time between the repair and the last phase, so that connections can be
	 * established again.
	 */
	static final Duration SETTLING = Duration.ofMillis(500);

	/** The longest time that a call can take, with three attempts on a busy machine. */
	static final Duration PATIENCE = Duration.ofSeconds(60);

	static Windows whole(Duration warmUp, Duration during) {
		return new Windows(warmUp, 2000, Duration.ofSeconds(3), BUDGET, during, Duration.ofSeconds(3),
				new Timeouts(CONNECT, Duration.ofSeconds(2)));
	}

	static Windows quick() {
		return new Windows(Duration.ofMillis(500), 400, Duration.ofMillis(300), Duration.ZERO, Duration.ofSeconds(1),
				Duration.ofMillis(300), new Timeouts(CONNECT, Duration.ofSeconds(2)));
	}

	/**
	 * Returns windows in which the fault is measured for at least the time window of the
	 * retry budget, because retries come in bursts.
	 */
	Windows overTheBudget() {
		return during(this.lead);
	}

	/**
	 * Returns windows in which the fault lasts longer than the response timeout, so that
	 * attempts on silent instances time out.
	 */
	Windows outlastingSilence() {
		return during(this.timeouts.response().plusSeconds(1));
	}

	private Windows during(Duration least) {
		return new Windows(this.warmUp, this.calls, this.before, this.lead,
				(this.during.compareTo(least) < 0) ? least : this.during, this.after, this.timeouts);
	}

}
