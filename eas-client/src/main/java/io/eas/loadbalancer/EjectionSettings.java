package io.eas.loadbalancer;

import java.time.Duration;

/**
 * When and for how long an instance that fails is left out. The rules are those of
 * Envoy's outlier detection (consecutive errors, base time times the number of ejections,
 * a largest share), with doubling and jitter in the place of its linear growth.
 *
 * @param enabled false: no instance is left out
 * @param consecutiveFailures so many failures in a row eject an instance; at least 1
 * @param baseTime the first ejection; a refused connection leaves out for a fifth of it
 * @param maxTime the longest ejection
 * @param maxPercent the largest share, by weight, that may be left out: 0 to 100
 */
public record EjectionSettings(boolean enabled, int consecutiveFailures, Duration baseTime, Duration maxTime,
		int maxPercent) {

	/** What holds where nothing is configured. */
	public static final EjectionSettings DEFAULTS = new EjectionSettings(true, 3, Duration.ofSeconds(5),
			Duration.ofMinutes(5), 50);

	private static final int BRIEF = 5;

	private static final double JITTER = 0.2;

	private static final int MOST_DOUBLINGS = 30;

	/**
	 * How long an instance is left out.
	 * @param earlier how often it was before, without having proved itself in between
	 * @param brief whether it only refused a connection
	 * @param random a number drawn from 0 to 1
	 * @return nanoseconds: base time x 2^earlier, less up to a fifth, and at most the
	 * longest time
	 */
	public long nanosOut(int earlier, boolean brief, double random) {
		double base = (double) this.baseTime.toNanos() / (brief ? BRIEF : 1);
		double doubled = base * (1L << Math.min(earlier, MOST_DOUBLINGS));
		return Math.round(Math.min(doubled, (double) this.maxTime.toNanos()) * (1 - JITTER * random));
	}

}
