package io.eas.deployment.explanation;

/**
 * The earliest and the latest time of an event.
 *
 * @param from the earliest time in seconds
 * @param to the latest time in seconds; not before {@code from}
 */
record TimeRange(long from, long to) implements Comparable<TimeRange> {

	TimeRange {
		if (to < from) {
			throw new IllegalArgumentException("ends at " + to + " s, before it begins at " + from + " s");
		}
	}

	static TimeRange at(long seconds) {
		return new TimeRange(seconds, seconds);
	}

	/**
	 * Returns the range after an additional wait.
	 */
	TimeRange plus(TimeRange wait) {
		return new TimeRange(this.from + wait.from, this.to + wait.to);
	}

	/**
	 * Returns the time range of the earlier of two events that both happen.
	 */
	TimeRange orEarlier(TimeRange other) {
		return new TimeRange(Math.min(this.from, other.from), Math.min(this.to, other.to));
	}

	/**
	 * Compares by the earliest time, then by the latest time.
	 */
	@Override
	public int compareTo(TimeRange other) {
		int order = Long.compare(this.from, other.from);
		return (order != 0) ? order : Long.compare(this.to, other.to);
	}

	@Override
	public String toString() {
		return (this.from == this.to) ? this.from + " s" : this.from + " to " + this.to + " s";
	}

}
