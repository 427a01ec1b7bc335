package io.eas.server;

/** The {@code http_get} probes that EAS sends to a server. */
public enum Probe {

	/** The probe that decides whether EAS kills the instance. */
	LIVENESS("liveness", "/livez"),

	/** The probe that decides whether the instance receives requests. */
	READINESS("readiness", "/readyz");

	private final String group;

	private final String additionalPath;

	Probe(String group, String additionalPath) {
		this.group = group;
		this.additionalPath = additionalPath;
	}

	/**
	 * Returns the name of Actuator's health group for this probe.
	 * @return the last element of the path of the health group
	 */
	public String group() {
		return this.group;
	}

	/**
	 * Returns the additional path of the probe on the server's own port.
	 * @return the path, such as {@code /livez}
	 */
	public String additionalPath() {
		return this.additionalPath;
	}

	/**
	 * Returns the name of the property that sets the path of this probe.
	 * @return the name, such as {@code eas.server.liveness-path}
	 */
	public String property() {
		return "eas.server." + this.group + "-path";
	}

}
