package io.eas.discovery.probe;

/**
 * What is held of an instance once its checks have reached a threshold.
 */
public enum Verdict {

	/** Neither threshold has been reached yet. */
	UNPROVEN,

	/** The last run of results that reached its threshold was of passed checks. */
	PASSING,

	/** The last run of results that reached its threshold was of failed checks. */
	FAILING

}
