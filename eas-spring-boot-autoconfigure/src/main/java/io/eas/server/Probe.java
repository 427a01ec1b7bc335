package io.eas.server;

/**
 * What EAS asks a server, by {@code http_get}.
 */
public enum Probe {

	/** Whether it must be killed. */
	LIVENESS("liveness", "/livez"),

	/** Whether it takes requests. */
	READINESS("readiness", "/readyz");

	private final String group;

	private final String additionalPath;

	Probe(String group, String additionalPath) {
		this.group = group;
		this.additionalPath = additionalPath;
	}

	/**
	 * The name of the health group that answers.
	 * @return the last part of Actuator's path
	 */
	public String group() {
		return this.group;
	}

	/**
	 * The path that Actuator adds for probes on the server's own port.
	 * @return such as {@code /livez}
	 */
	public String additionalPath() {
		return this.additionalPath;
	}

	/**
	 * The property that names another path.
	 * @return such as {@code eas.server.liveness-path}
	 */
	public String property() {
		return "eas.server." + this.group + "-path";
	}

}
