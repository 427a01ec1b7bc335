package io.eas.benchmarks.faults;

import java.time.Duration;

import io.eas.benchmarks.clients.Timeouts;

/**
 * How long the parts of a case take.
 *
 * @param warmUp before anything is measured
 * @param before while all is well
 * @param during with the fault
 * @param after once it is mended
 * @param timeouts how long clients wait
 */
record Windows(Duration warmUp, Duration before, Duration during, Duration after, Timeouts timeouts) {

	private static final Duration CONNECT = Duration.ofMillis(500);

	/** From the mending until the last window, so that connections are there again. */
	static final Duration SETTLING = Duration.ofMillis(500);

	/** A call takes that long at most: three attempts, and what a machine adds. */
	static final Duration PATIENCE = Duration.ofSeconds(60);

	static Windows whole(Duration warmUp, Duration during) {
		return new Windows(warmUp, Duration.ofSeconds(3), during, Duration.ofSeconds(3),
				new Timeouts(CONNECT, Duration.ofSeconds(2)));
	}

	static Windows quick() {
		return new Windows(Duration.ofMillis(500), Duration.ofMillis(300), Duration.ofSeconds(3),
				Duration.ofMillis(300), new Timeouts(CONNECT, Duration.ofSeconds(2)));
	}

}
