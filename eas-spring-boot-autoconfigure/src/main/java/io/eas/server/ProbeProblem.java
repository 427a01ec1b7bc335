package io.eas.server;

/** The reasons why a probe can never succeed. */
public enum ProbeProblem {

	/**
	 * The path needs a login, but EAS has no credentials and would count a login page as
	 * success.
	 */
	NEEDS_LOGIN,

	/** The path doesn't exist. */
	NOT_THERE,

	/** The path exists, but responds with an error. */
	FAILS,

	/** There is no response at all, or no response in plain HTTP. */
	SILENT

}
