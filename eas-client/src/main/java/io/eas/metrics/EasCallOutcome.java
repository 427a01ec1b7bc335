package io.eas.metrics;

/**
 * How a call ended, for whoever counts.
 */
public enum EasCallOutcome {

	/** The caller got an answer with a status 2xx. */
	SUCCESS,

	/** The answer has a status from 300 to 399; it isn't followed. */
	REDIRECTION,

	/** The answer has a status from 400 to 499. */
	CLIENT_ERROR,

	/** The answer has a status of 500 or above. */
	SERVER_ERROR,

	/**
	 * There was no answer, none in time, or none that could be read. Which one, the error
	 * says.
	 */
	FAILED,

	/**
	 * The caller no longer waited; or had enough of a stream before its end, whose status
	 * is known then.
	 */
	CANCELLED,

	/** The call isn't over. */
	UNKNOWN;

	static EasCallOutcome of(int status) {
		if (status >= 500) {
			return SERVER_ERROR;
		}
		if (status >= 400) {
			return CLIENT_ERROR;
		}
		return (status >= 300) ? REDIRECTION : SUCCESS;
	}

}
