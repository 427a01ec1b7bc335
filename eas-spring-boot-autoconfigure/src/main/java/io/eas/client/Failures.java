package io.eas.client;

import io.eas.client.EasException.Attempt;
import io.eas.http.BodyTooLargeException;
import io.netty.handler.timeout.ReadTimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.netty.channel.AbortedException;

/**
 * What a failure of an attempt means for its call. Decides from values alone.
 */
final class Failures {

	private Failures() {
	}

	/**
	 * Names a failure.
	 * @param attempt where it happened
	 * @param connected whether there was a connection to write the request to
	 * @param answering whether the headers of an answer were there
	 * @param failure what the network said
	 * @return the exception for the call
	 */
	static EasException classify(Attempt attempt, boolean connected, boolean answering, Throwable failure) {
		Throwable cause = Exceptions.unwrap(failure);
		Exceptions.throwIfFatal(cause);
		if (cause instanceof EasException known) {
			return known;
		}
		if (!connected && cause instanceof IllegalArgumentException) {
			return new EasCodecException(attempt, "the request can't be sent: " + text(cause), cause);
		}
		if (!connected || (cause instanceof AbortedException && !answering)) {
			return new EasConnectException(attempt, "no connection: " + text(cause), cause);
		}
		if (cause instanceof ReadTimeoutException) {
			return new EasTimeoutException(attempt, "nothing came within the response timeout", cause, false);
		}
		if (cause instanceof BodyTooLargeException) {
			return new EasCodecException(attempt, text(cause) + " (http.max-in-memory-size)", cause);
		}
		return new EasConnectionException(attempt, "the connection broke: " + text(cause), cause);
	}

	private static String text(Throwable failure) {
		@Nullable String message = failure.getMessage();
		return (message != null) ? message : failure.getClass().getSimpleName();
	}

}
