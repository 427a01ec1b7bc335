package io.eas.deployment.model;

/**
 * The kind of a health check.
 */
public enum CheckKind {

	/**
	 * {@code startup_check}: the other two checks wait until this one has succeeded. An
	 * instance that fails it is killed.
	 */
	STARTUP("startup_check", 1),

	/** {@code liveness_check}: an instance that fails it is killed and restarted. */
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
	 * Returns the key of the check in a container.
	 * @return a key such as {@code liveness_check}
	 */
	public String key() {
		return this.key;
	}

	/**
	 * Returns the default timings of EAS as documented for the JSON file.
	 * @return no initial delay, a period of 10 s, a timeout of 1 s, one success, and one
	 * failure (for readiness, three)
	 */
	public Timings defaults() {
		return new Timings(0, 10, 1, 1, this.defaultFailureThreshold);
	}

}
