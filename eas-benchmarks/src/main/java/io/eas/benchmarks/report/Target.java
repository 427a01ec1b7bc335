package io.eas.benchmarks.report;

/**
 * Something that has to be reached.
 *
 * @param what what was measured
 * @param measured the result
 * @param bound whether less or more is better
 * @param limit what it must not pass
 * @param speed whether it depends on how fast the program runs, of which a short run says
 * nothing
 */
public record Target(String what, double measured, Bound bound, double limit, boolean speed) {

	/**
	 * A count.
	 * @param what what was counted
	 * @param measured the result
	 * @param limit the most there may be
	 * @return the target
	 */
	public static Target countAtMost(String what, long measured, long limit) {
		return atMost(what, (double) measured, (double) limit);
	}

	/**
	 * An error, or a ratio of counts.
	 * @param what what was measured
	 * @param measured the result
	 * @param limit the most there may be
	 * @return the target
	 */
	public static Target atMost(String what, double measured, double limit) {
		return new Target(what, measured, Bound.AT_MOST, limit, false);
	}

	/**
	 * What something costs in time or memory, or a ratio of that.
	 * @param what what was measured
	 * @param measured the result
	 * @param limit the most it may be
	 * @return the target
	 */
	public static Target costAtMost(String what, double measured, double limit) {
		return new Target(what, measured, Bound.AT_MOST, limit, true);
	}

	/**
	 * A throughput, or a ratio of throughputs.
	 * @param what what was measured
	 * @param measured the result
	 * @param limit the least it may be
	 * @return the target
	 */
	public static Target throughputAtLeast(String what, double measured, double limit) {
		return new Target(what, measured, Bound.AT_LEAST, limit, true);
	}

	/**
	 * Whether it was reached.
	 * @return {@code false} also for what isn't a number
	 */
	public boolean isMet() {
		return switch (this.bound) {
			case AT_MOST -> this.measured <= this.limit;
			case AT_LEAST -> this.measured >= this.limit;
		};
	}

	/**
	 * On which side of its limit a result has to be.
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
