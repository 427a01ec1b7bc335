package io.eas.client.call;

import java.nio.channels.UnsupportedAddressTypeException;

import io.eas.client.EasCodecException;
import io.eas.client.EasConnectException;
import io.eas.client.EasConnectionException;
import io.eas.client.EasException;
import io.eas.client.EasException.Attempt;
import io.eas.client.EasTimeoutException;
import io.eas.http.BodyTooLargeException;
import io.eas.http.UnreadableAnswerException;
import io.netty.handler.codec.TooLongFrameException;
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
		if (cause instanceof EasException known) {
			return known;
		}
		if (cause instanceof Error) {
			return new EasCodecException(attempt, "the attempt can't go on here: " + text(cause), cause);
		}
		if (!connected && cause instanceof IllegalArgumentException
				&& !(cause instanceof UnsupportedAddressTypeException)) {
			return new EasCodecException(attempt, "the request can't be sent: " + text(cause), cause);
		}
		if (!connected || (cause instanceof AbortedException && !answering)) {
			return new EasConnectException(attempt, "no connection: " + text(cause), cause);
		}
		UnreadableAnswerException unreadable = unreadable(cause);
		if (unreadable != null) {
			return unreadable(attempt, unreadable);
		}
		if (cause instanceof ReadTimeoutException) {
			return new EasTimeoutException(attempt, "the answer did not end in time", cause, false);
		}
		if (cause instanceof BodyTooLargeException) {
			return new EasCodecException(attempt, text(cause) + " (http.max-in-memory-size)", cause);
		}
		return new EasConnectionException(attempt, "the connection broke: " + text(cause), cause);
	}

	/** Decoders quote what came, and who answers may send the token back. */
	private static EasException unreadable(Attempt attempt, UnreadableAnswerException failure) {
		String said = attempt.quote(text(failure)) + limit(failure);
		Throwable cause = attempt.hasToken(failure) ? new UnreadableAnswerException(said, failure.isHttp(), null)
				: failure;
		return failure.isHttp() ? new EasCodecException(attempt, "the answer can't be read: " + said, cause)
				: new EasConnectionException(attempt, "what answers doesn't speak HTTP: " + said, cause);
	}

	/** What the guard of the connection says, as itself or as a cause. */
	private static @Nullable UnreadableAnswerException unreadable(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof UnreadableAnswerException known) {
				return known;
			}
		}
		return null;
	}

	/** Which property says that it is too large. */
	private static String limit(UnreadableAnswerException unreadable) {
		for (Throwable cause = unreadable; cause != null; cause = cause.getCause()) {
			if (cause instanceof TooLongFrameException) {
				return " (http.max-header-size)";
			}
		}
		return "";
	}

	/**
	 * What came can't be read. Codecs quote it, and a model may send the token back.
	 */
	static EasException unreadable(Attempt attempt, String reason, Throwable failure) {
		String limit = (failure instanceof BodyTooLargeException) ? " (http.max-in-memory-size)" : "";
		return new EasCodecException(attempt, reason + attempt.quote(text(failure)) + limit,
				attempt.hasToken(failure) ? null : failure)
			.last();
	}

	/** What a failure says. An {@link Error} says little without its name. */
	static String text(Throwable failure) {
		@Nullable String message = failure.getMessage();
		if (failure instanceof Error) {
			return failure.toString();
		}
		return (message != null) ? message : failure.getClass().getSimpleName();
	}

	/**
	 * Passes a failure after which the process may not be able to go on, such as an
	 * {@link OutOfMemoryError}, to the uncaught-exception handler of the thread, as if
	 * nobody had caught it: thrown on, it would end in a line of Netty's log, and take
	 * the connection along. A class that can't be loaded or initialized, or a stack that
	 * was too deep, is over with the call that met it.
	 *
	 * <p>
	 * The rule, for all of the client: what ended a call is escalated, once, by whoever
	 * caught it, after the subscriber knows. What code that only looks on has thrown
	 * (listeners of calls, attempts, ejections, retries and polls; see
	 * {@link io.eas.http.FirstFailure}) is logged and not escalated, nor is what made a
	 * poll or a check fail: they are repeated, and memory that is gone for good is met by
	 * calls as well.
	 */
	static void escalate(Throwable failure) {
		if (failure instanceof VirtualMachineError && !(failure instanceof StackOverflowError)) {
			Thread thread = Thread.currentThread();
			thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
		}
	}

}
