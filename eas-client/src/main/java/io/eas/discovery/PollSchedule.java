package io.eas.discovery;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait between the end of a poll and the start of the next. The first wait is
 * drawn from a wider range than the others, so that processes started together spread out
 * at once.
 *
 * @param interval the shortest wait
 * @param jitter the longest wait is {@code interval x (1 + jitter)}
 * @param longestFirst the longest first wait
 */
public record PollSchedule(Duration interval, double jitter, Duration longestFirst) {

	/** What EAS asks of its callers: a poll every 5 to 10 seconds. */
	public static final Duration SHORTEST = Duration.ofSeconds(5);

	/** See {@link #SHORTEST}. */
	public static final Duration LONGEST = Duration.ofSeconds(10);

	/**
	 * The longest wait after a first poll that found no such service or host, or none of
	 * its instances where calls may go: before anybody is told so it is asked once more,
	 * since a service that has just been made may appear late. The one wait that is
	 * shorter than EAS asks for.
	 */
	private static final Duration CONFIRMATION = Duration.ofSeconds(1);

	/**
	 * A schedule whose first wait is at most twice the interval, and within what EAS asks
	 * for where the others are.
	 * @param interval the shortest wait
	 * @param jitter at least 0
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
	 * The longest wait but the first.
	 * @param interval the shortest wait
	 * @param jitter at least 0
	 * @return {@code interval x (1 + jitter)}
	 */
	public static Duration longest(Duration interval, double jitter) {
		return Duration.ofNanos((long) (interval.toNanos() * (1 + jitter)));
	}

	/**
	 * Draws the wait after a poll. From the wider range, too, as long as there is no such
	 * service: processes that wait for it together ask at different times.
	 * @param poll the number of the poll that ended, from 0
	 * @param state what is known since
	 * @param random where to draw from
	 * @return the wait
	 */
	Duration waitAfter(long poll, DiscoveryState state, RandomGenerator random) {
		Duration longest = (poll == 0 || state.isNotFound()) ? this.longestFirst : longest(this.interval, this.jitter);
		long spread = Math.max(0, longest.toNanos() - this.interval.toNanos());
		Duration wait = this.interval.plusNanos((long) (random.nextDouble() * spread));
		return (state.isNotFoundOnce() && wait.compareTo(CONFIRMATION) > 0) ? CONFIRMATION : wait;
	}

}
