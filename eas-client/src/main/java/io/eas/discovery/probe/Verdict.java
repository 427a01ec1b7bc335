package io.eas.discovery.probe;

/** The verdict on an instance, which changes when its health checks reach a threshold. */
public enum Verdict {

	/** No threshold has been reached yet. */
	UNPROVEN,

	/** The last threshold that was reached is the success threshold. */
	PASSING,

	/** The last threshold that was reached is the failure threshold. */
	FAILING

}
