package io.eas.client;

import org.jspecify.annotations.Nullable;

/**
 * No answer came in time: to an attempt ({@code http.response-timeout}) or to the call
 * with all its attempts ({@code http.request-timeout}).
 */
public final class EasTimeoutException extends EasException {

	private static final long serialVersionUID = 1L;

	private final boolean deadline;

	/**
	 * A failure.
	 * @param attempt where it happened
	 * @param reason why, without where
	 * @param cause what failed, or null
	 * @param deadline whether it was the time of the whole call
	 */
	public EasTimeoutException(Attempt attempt, String reason, @Nullable Throwable cause, boolean deadline) {
		super(attempt, reason, cause);
		this.deadline = deadline;
	}

	/**
	 * Whether the time of the whole call was over.
	 * @return false if it was one attempt's
	 */
	public boolean isDeadline() {
		return this.deadline;
	}

}
