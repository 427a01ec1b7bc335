package io.eas.benchmarks.llm;

/** The algorithms that pick the instance for a request. */
enum Balancer {

	/** Our weighted round robin. */
	ROUND_ROBIN("round robin"),

	/** Our least request. */
	LEAST_REQUEST("least request"),

	/** Of two instances drawn at random, picks the one with fewer calls in flight. */
	TWO_CHOICES("random two choices"),

	/** Our consistent hash with bounded loads, by conversation. */
	SESSION_HASH("consistent hash by session"),

	/** Our prefix-aware picker. */
	PREFIX_AWARE("prefix-aware"),

	/** Sees all queues and caches, and picks the instance that will answer first. */
	ORACLE("oracle");

	private final String label;

	Balancer(String label) {
		this.label = label;
	}

	@Override
	public String toString() {
		return this.label;
	}

}
