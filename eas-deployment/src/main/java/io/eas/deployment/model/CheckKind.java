package io.eas.deployment.model;

/**
 * What a health check is for.
 */
public enum CheckKind {

	/**
	 * {@code startup_check}: the other two wait until it has succeeded; an instance that
	 * fails it is killed.
	 */
	STARTUP("startup_check", 1),

	/** {@code liveness_check}: an instance that fails it is killed and started anew. */
	LIVENESS("liveness_check", 1),

	/** {@code health_check}: an instance that fails it gets no traffic. */
	READINESS("health_check", 3);

	private final String key;

	private final int defaultFailureThreshold;

	CheckKind(String key, int defaultFailureThreshold) {
		this.key = key;
		this.defaultFailureThreshold = defaultFailureThreshold;
	}

	/**
	 * The key of the check in a container.
	 * @return such as {@code liveness_check}
	 */
	public String key() {
		return this.key;
	}

	/**
	 * The timings that EAS takes where none are written, as documented for the JSON file.
	 * @return no delay, every 10 s, 1 s for an answer, one success, and one failure or,
	 * for readiness, three
	 */
	public Timings defaults() {
		return new Timings(0, 10, 1, 1, this.defaultFailureThreshold);
	}

}
