package io.eas.client;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a time limit was exceeded:
 *
 * <ul>
 * <li>an attempt got no response within {@code http.response-timeout} or, for a stream,
 * no event within {@code http.first-event-timeout}; if its instance has stalled, the
 * attempt is given up much earlier
 * <li>the call with all its attempts took longer than {@code http.request-timeout}
 * <li>the next event of a stream did not arrive within {@code http.next-event-timeout}
 * <li>a stream did not end within {@code http.stream-timeout}
 * </ul>
 */
public final class EasTimeoutException extends EasException {

	private static final long serialVersionUID = 1L;

	private final boolean deadline;

	private final boolean moved;

	/**
	 * Creates an exception.
	 * @param attempt the attempt that failed
	 * @param reason the reason, without service and instance
	 * @param cause the cause, or null
	 * @param deadline whether the limit of the whole call or stream was exceeded
	 */
	public EasTimeoutException(Attempt attempt, String reason, @Nullable Throwable cause, boolean deadline) {
		this(attempt, reason, cause, deadline, false);
	}

	private EasTimeoutException(Attempt attempt, String reason, @Nullable Throwable cause, boolean deadline,
			boolean moved) {
		super(attempt, reason, cause);
		this.deadline = deadline;
		this.moved = moved;
	}

	/**
	 * Creates the failure of an attempt that was given up before its timeout, so that the
	 * call can continue on another instance.
	 * @param attempt the attempt that was given up
	 * @param millis how long the attempt had waited, in milliseconds
	 * @return the failure
	 */
	public static EasTimeoutException moved(Attempt attempt, long millis) {
		return new EasTimeoutException(attempt, "no answer for " + millis + " ms; moved to another instance", null,
				false, true);
	}

	/**
	 * Returns whether the limit of the whole call or stream was exceeded.
	 * @return false if the limit of one attempt, or between two events, was exceeded
	 */
	public boolean isDeadline() {
		return this.deadline;
	}

	/**
	 * Returns whether the attempt was given up in favor of another attempt, because its
	 * instance did not respond for a long time although other instances did.
	 * @return false if a timeout was exceeded
	 */
	public boolean isMoved() {
		return this.moved;
	}

}
