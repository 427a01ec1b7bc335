package io.eas.deployment.finding;

/**
 * How bad a finding is.
 */
public enum Severity {

	/** EAS or Kubernetes refuses it, or the service can't work. */
	ERROR,

	/** It will be taken, and probably not do what was meant. */
	WARNING

}
