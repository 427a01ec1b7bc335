package io.eas.client;

import org.jspecify.annotations.Nullable;

/**
 * No answer came in time: to an attempt ({@code http.response-timeout}, of a stream
 * {@code http.first-event-timeout}, or much earlier where the instance stands still) or
 * to the call with all its attempts ({@code http.request-timeout}). Or a stream gave no
 * further event in time ({@code http.next-event-timeout}), or wasn't at its end
 * ({@code http.stream-timeout}).
 */
public final class EasTimeoutException extends EasException {

	private static final long serialVersionUID = 1L;

	private final boolean deadline;

	private final boolean moved;

	/**
	 * A failure.
	 * @param attempt where it happened
	 * @param reason why, without where
	 * @param cause what failed, or null
	 * @param deadline whether it was the time of the whole call or stream
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
	 * The failure of an attempt that was given up before any time-out, so that the call
	 * goes on at another instance.
	 * @param attempt where it waited
	 * @param millis for how long, in milliseconds
	 * @return a failure that tells so
	 */
	public static EasTimeoutException moved(Attempt attempt, long millis) {
		return new EasTimeoutException(attempt, "no answer for " + millis + " ms; moved to another instance", null,
				false, true);
	}

	/**
	 * Whether the time of the whole call or stream was over.
	 * @return false if it was one attempt's, or that between two events
	 */
	public boolean isDeadline() {
		return this.deadline;
	}

	/**
	 * Whether the attempt was given up for another one, since its instance had answered
	 * nothing for long while others answered.
	 * @return false if a time-out was over
	 */
	public boolean isMoved() {
		return this.moved;
	}

}
