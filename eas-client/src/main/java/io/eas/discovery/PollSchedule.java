package io.eas.discovery;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The random delays between the end of a poll and the start of the next one. The first
 * delay is drawn from a wider range than the later delays, so that processes that were
 * started together soon poll at different times.
 *
 * @param interval the shortest delay
 * @param jitter the random extension of a delay; the longest delay is
 * {@code interval x (1 + jitter)}
 * @param longestFirst the longest first delay
 */
public record PollSchedule(Duration interval, double jitter, Duration longestFirst) {

	/** The shortest delay that EAS allows: clients should poll every 5 to 10 seconds. */
	public static final Duration SHORTEST = Duration.ofSeconds(5);

	/** The longest delay that EAS recommends, see {@link #SHORTEST}. */
	public static final Duration LONGEST = Duration.ofSeconds(10);

	/**
	 * The longest delay after a first poll which found that the service or the host
	 * doesn't exist, or that no instance may be called. A second poll confirms the result
	 * before callers fail, since a service that has just been created may appear late.
	 * This is the only delay that is shorter than EAS asks for.
	 */
	private static final Duration CONFIRMATION = Duration.ofSeconds(1);

	/**
	 * Creates a schedule whose first delay is at most twice the interval. If no other
	 * delay exceeds {@link #LONGEST}, the first delay doesn't exceed it either.
	 * @param interval the shortest delay
	 * @param jitter the random extension of a delay; at least 0
	 */
	public PollSchedule(Duration interval, double jitter) {
		this(interval, jitter, longestFirst(interval, jitter));
	}

	private static Duration longestFirst(Duration interval, double jitter) {
		Duration doubled = interval.multipliedBy(2);
		boolean asAsked = longest(interval, jitter).compareTo(LONGEST) <= 0;
		return (asAsked && doubled.compareTo(LONGEST) > 0) ? LONGEST : doubled;
	}

	/**
	 * Returns the longest delay, apart from the first delay.
	 * @param interval the shortest delay
	 * @param jitter the random extension of a delay; at least 0
	 * @return {@code interval x (1 + jitter)}
	 */
	public static Duration longest(Duration interval, double jitter) {
		return Duration.ofNanos((long) (interval.toNanos() * (1 + jitter)));
	}

	/**
	 * Draws the delay after a poll. The wider range of the first delay is also used while
	 * the service is not found, so that processes that wait for the same service poll at
	 * different times.
	 * @param poll the index of the poll that has ended, from 0
	 * @param state the state after the poll
	 * @param random the source of random numbers
	 * @return the delay
	 */
	Duration waitAfter(long poll, DiscoveryState state, RandomGenerator random) {
		Duration longest = (poll == 0 || state.isNotFound()) ? this.longestFirst : longest(this.interval, this.jitter);
		long spread = Math.max(0, longest.toNanos() - this.interval.toNanos());
		Duration wait = this.interval.plusNanos((long) (random.nextDouble() * spread));
		return (state.isNotFoundOnce() && wait.compareTo(CONFIRMATION) > 0) ? CONFIRMATION : wait;
	}

}
