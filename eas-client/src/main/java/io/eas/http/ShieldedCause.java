package io.eas.http;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Stands for a cause that Spring would mistake for a disconnection of the application's
 * own caller. Spring MVC and WebFlux look for a reset or closed connection in the causes
 * of an exception that leaves a controller, and in the message of the last cause. If they
 * find one, they log no error, and the caller gets status 200 and no body. The original
 * cause is the suppressed exception.
 */
public final class ShieldedCause extends IOException {

	private static final long serialVersionUID = 1L;

	private ShieldedCause(@Nullable Throwable original) {
		super("Spring would take this failure for a disconnected caller, so its cause is suppressed");
		if (original != null) {
			addSuppressed(original);
		}
	}

	/**
	 * Replaces a cause that Spring would mistake.
	 * @param message the message of the failure, which may name the failures of earlier
	 * attempts
	 * @param cause the cause of the failure, or null
	 * @return the replacement, or the cause itself if it needs none
	 */
	public static @Nullable Throwable of(String message, @Nullable Throwable cause) {
		Throwable last = (cause != null) ? cause : new IOException(message);
		return DisconnectedClientHelper.isClientDisconnectedException(last) ? new ShieldedCause(cause) : cause;
	}

	/**
	 * Returns the cause of a failure as it was before it was replaced.
	 * @param failure the failure
	 * @return the original cause, or null if there is none
	 */
	public static @Nullable Throwable originalCause(Throwable failure) {
		Throwable cause = failure.getCause();
		if (!(cause instanceof ShieldedCause)) {
			return cause;
		}
		Throwable[] original = cause.getSuppressed();
		return (original.length > 0) ? original[0] : null;
	}

}
