package io.eas.http;

import java.io.IOException;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Stands for a cause that Spring would mistake for a disconnection of the application's
 * own caller. Spring MVC and WebFlux look for a reset or closed connection in the causes
 * of an exception that leaves a controller. If they find one, they log no error, and the
 * caller gets status 200 and no body. The original cause is the suppressed exception.
 */
public final class ShieldedCause extends IOException {

	private static final long serialVersionUID = 1L;

	private ShieldedCause(Throwable original) {
		super("the connection to the instance failed");
		addSuppressed(original);
	}

	/**
	 * Replaces a cause that Spring would mistake.
	 * @param cause the cause, or null
	 * @return the replacement, or the cause itself if it needs none
	 */
	public static @Nullable Throwable of(@Nullable Throwable cause) {
		return (cause != null && DisconnectedClientHelper.isClientDisconnectedException(cause))
				? new ShieldedCause(cause) : cause;
	}

	/**
	 * Returns the cause of a failure as it was before it was replaced.
	 * @param failure the failure
	 * @return the original cause, or null if there is none
	 */
	public static @Nullable Throwable originalCause(Throwable failure) {
		Throwable cause = failure.getCause();
		return (cause instanceof ShieldedCause) ? Objects.requireNonNull(cause.getSuppressed()[0]) : cause;
	}

}
