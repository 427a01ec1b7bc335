package io.eas.server;

/**
 * Why a probe can never succeed.
 */
public enum ProbeProblem {

	/** EAS has no credentials, and a login page would pass for health. */
	NEEDS_LOGIN,

	/** Nothing is under that path. */
	NOT_THERE,

	/** It is there, and refuses or fails. */
	FAILS,

	/** No answer, or none in plain HTTP. */
	SILENT

}
