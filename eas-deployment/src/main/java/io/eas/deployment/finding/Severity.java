package io.eas.deployment.finding;

/**
 * How bad a finding is.
 */
public enum Severity {

	/** EAS or Kubernetes refuses it, or the service can't work. */
	ERROR,

	/** EAS accepts it, but it will probably not do what was meant. */
	WARNING

}
