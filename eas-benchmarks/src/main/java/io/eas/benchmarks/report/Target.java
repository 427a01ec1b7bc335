package io.eas.benchmarks.report;

/**
 * A target of a measurement.
 *
 * @param what the description of the measured value
 * @param measured the result
 * @param bound whether less or more is better
 * @param limit the limit of the result
 * @param speed whether the result depends on the speed of the program, which a short run
 * can't measure
 */
public record Target(String what, double measured, Bound bound, double limit, boolean speed) {

	/**
	 * Creates a target for a count.
	 * @param what the description of the count
	 * @param measured the result
	 * @param limit the largest allowed count
	 * @return the target
	 */
	public static Target countAtMost(String what, long measured, long limit) {
		return atMost(what, (double) measured, (double) limit);
	}

	/**
	 * Creates a target for an error or a ratio of counts.
	 * @param what the description of the value
	 * @param measured the result
	 * @param limit the largest allowed value
	 * @return the target
	 */
	public static Target atMost(String what, double measured, double limit) {
		return new Target(what, measured, Bound.AT_MOST, limit, false);
	}

	/**
	 * Creates a target for a cost in time or memory, or a ratio of costs.
	 * @param what the description of the cost
	 * @param measured the result
	 * @param limit the largest allowed cost
	 * @return the target
	 */
	public static Target costAtMost(String what, double measured, double limit) {
		return new Target(what, measured, Bound.AT_MOST, limit, true);
	}

	/**
	 * Creates a target for a throughput or a ratio of throughputs.
	 * @param what the description of the throughput
	 * @param measured the result
	 * @param limit the smallest allowed throughput
	 * @return the target
	 */
	public static Target throughputAtLeast(String what, double measured, double limit) {
		return new Target(what, measured, Bound.AT_LEAST, limit, true);
	}

	/**
	 * Returns whether the target was reached.
	 * @return {@code false} also for NaN
	 */
	public boolean isMet() {
		return switch (this.bound) {
			case AT_MOST -> this.measured <= this.limit;
			case AT_LEAST -> this.measured >= this.limit;
		};
	}

	/**
	 * The side of the limit on which a result must be.
	 */
	public enum Bound {

		/** Less is better. */
		AT_MOST("≤"),

		/** More is better. */
		AT_LEAST("≥");

		private final String sign;

		Bound(String sign) {
			this.sign = sign;
		}

		@Override
		public String toString() {
			return this.sign;
		}

	}

}
