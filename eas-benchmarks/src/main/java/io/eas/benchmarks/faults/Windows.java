package io.eas.benchmarks.faults;

import java.time.Duration;

import io.eas.benchmarks.clients.Timeouts;

/**
 * How long the parts of a case take.
 *
 * @param warmUp before anything is measured
 * @param calls how many must have been answered by then, too
 * @param before while all is well
 * @param lead of the fault, where retries are counted: until the calls of better times no
 * longer allow any
 * @param during with the fault
 * @param after once it is mended
 * @param timeouts how long clients wait
 */
record Windows(Duration warmUp, int calls, Duration before, Duration lead, Duration during, Duration after,
		Timeouts timeouts) {

	private static final Duration CONNECT = Duration.ofMillis(500);

	/** Over this time the client counts its retries. */
	private static final Duration BUDGET = Duration.ofSeconds(10);

	/** From the mending until the last window, so that connections are there again. */
	static final Duration SETTLING = Duration.ofMillis(500);

	/** A call takes that long at most: three attempts, and what a machine adds. */
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
	 * With a fault that is watched for as long as retries are counted over, since they
	 * come in bursts.
	 */
	Windows overTheBudget() {
		return during(this.lead);
	}

	/** With a fault that lasts so long that what is silent is given up. */
	Windows outlastingSilence() {
		return during(this.timeouts.response().plusSeconds(1));
	}

	private Windows during(Duration least) {
		return new Windows(this.warmUp, this.calls, this.before, this.lead,
				(this.during.compareTo(least) < 0) ? least : this.during, this.after, this.timeouts);
	}

}
