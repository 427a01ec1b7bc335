package io.eas.deployment.finding;

/**
 * The severity of a finding.
 */
public enum Severity {

	/** EAS or Kubernetes refuses the file, or the service can't work. */
	ERROR("EAS or Kubernetes refuses the file, or the service can't work"),

	/** EAS accepts the file, but the service will probably not do what was meant. */
	WARNING("EAS accepts the file, but the service will probably not do what was meant");

	private final String meaning;

	Severity(String meaning) {
		this.meaning = meaning;
	}

	/**
	 * Returns the consequence for the service.
	 * @return a sentence without a full stop
	 */
	public String meaning() {
		return this.meaning;
	}

}
