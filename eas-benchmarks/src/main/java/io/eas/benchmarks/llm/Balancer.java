package io.eas.benchmarks.llm;

/** Who picks the instance of a request. */
enum Balancer {

	/** The product's weighted round robin. */
	ROUND_ROBIN("round robin"),

	/** The product's least request. */
	LEAST_REQUEST("least request"),

	/** The one of two instances drawn at random that has fewer calls in flight. */
	TWO_CHOICES("random two choices"),

	/** The product's consistent hash with bounded loads, by conversation. */
	SESSION_HASH("consistent hash by session"),

	/** The product's prefix-aware picker. */
	PREFIX_AWARE("prefix-aware"),

	/** One that sees all queues and caches, and picks what will answer first. */
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
