package io.eas.deployment.explanation;

/**
 * When something happens: at the earliest and at the latest.
 *
 * @param from in seconds
 * @param to in seconds; not before {@code from}
 */
record Span(long from, long to) implements Comparable<Span> {

	Span {
		if (to < from) {
			throw new IllegalArgumentException("ends at " + to + " s, before it begins at " + from + " s");
		}
	}

	static Span at(long seconds) {
		return new Span(seconds, seconds);
	}

	/**
	 * What follows after another wait.
	 */
	Span plus(Span wait) {
		return new Span(this.from + wait.from, this.to + wait.to);
	}

	/**
	 * The earlier of two things that both happen.
	 */
	Span orEarlier(Span other) {
		return new Span(Math.min(this.from, other.from), Math.min(this.to, other.to));
	}

	/**
	 * In the order of time.
	 */
	@Override
	public int compareTo(Span other) {
		int order = Long.compare(this.from, other.from);
		return (order != 0) ? order : Long.compare(this.to, other.to);
	}

	@Override
	public String toString() {
		return (this.from == this.to) ? this.from + " s" : this.from + " to " + this.to + " s";
	}

}
