package io.eas.metrics;

/** The outcome of a call, for meters and traces. */
public enum EasCallOutcome {

	/** The response has a status from 200 to 299. */
	SUCCESS,

	/** The response has a status from 300 to 399; redirects aren't followed. */
	REDIRECTION,

	/** The response has a status from 400 to 499. */
	CLIENT_ERROR,

	/** The response has a status of 500 or above. */
	SERVER_ERROR,

	/**
	 * There was no response, no response in time, or no readable response; see the error.
	 */
	FAILED,

	/**
	 * The caller cancelled the call before the response, or a stream before its end; in
	 * the latter case the status is known.
	 */
	CANCELLED,

	/** The call hasn't ended. */
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
