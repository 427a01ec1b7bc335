package io.eas.client.call;

import java.nio.channels.UnsupportedAddressTypeException;
import java.util.Arrays;
import java.util.concurrent.RejectedExecutionException;

import io.eas.client.EasCodecException;
import io.eas.client.EasConnectException;
import io.eas.client.EasConnectionException;
import io.eas.client.EasException;
import io.eas.client.EasException.Attempt;
import io.eas.client.EasStatusException;
import io.eas.client.EasTimeoutException;
import io.eas.http.BodyTooLargeException;
import io.eas.http.Causes;
import io.eas.http.SecureConnect;
import io.eas.http.UnreadableAnswerException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.timeout.ReadTimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.netty.channel.AbortedException;

/**
 * Converts the failures of attempts into the exceptions of the call. Stateless, except
 * for {@link #escalate}.
 */
final class Failures {

	private Failures() {
	}

	/**
	 * Converts a failure of an attempt.
	 * @param attempt the attempt
	 * @param connected whether there was a connection to write the request to
	 * @param answering whether the headers of a response had arrived
	 * @param failure the failure reported by the network
	 * @return the exception for the call
	 */
	static EasException classify(Attempt attempt, boolean connected, boolean answering, Throwable failure) {
		Throwable cause = Exceptions.unwrap(failure);
		if (cause instanceof EasException known) {
			return known;
		}
		if (cause instanceof Error) {
			return new EasCodecException(attempt, "the attempt failed in this process: " + text(cause), cause);
		}
		if (!connected && !(cause instanceof UnsupportedAddressTypeException)
				&& (cause instanceof IllegalArgumentException || isOfApplication(cause))) {
			return new EasCodecException(attempt, "the request can't be sent: " + text(cause), cause);
		}
		if (!connected || (cause instanceof AbortedException && !answering)) {
			return new EasConnectException(attempt, "no connection: " + text(cause) + SecureConnect.hint(cause), cause);
		}
		UnreadableAnswerException unreadable = Causes.find(cause, UnreadableAnswerException.class);
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

	/**
	 * Returns whether a failure was thrown by code of the application, such as a callback
	 * of a customized HTTP client. This is read from the stack trace, because the network
	 * layer throws exceptions of the same types. A rejection by an executor never counts
	 * as thrown by the application.
	 */
	private static boolean isOfApplication(Throwable failure) {
		return failure instanceof RuntimeException && !(failure instanceof RejectedExecutionException)
				&& Arrays.stream(failure.getStackTrace())
					.map(StackTraceElement::getClassName)
					.filter((name) -> !name.startsWith("java."))
					.limit(1)
					.anyMatch((name) -> !name.startsWith("io.netty.") && !name.startsWith("reactor."));
	}

	/**
	 * Creates the exception for a response that the decoder can't read. Decoders quote
	 * the received data, and a server may send the token back.
	 */
	private static EasException unreadable(Attempt attempt, UnreadableAnswerException failure) {
		String said = attempt.quote(text(failure)) + limit(failure);
		Throwable cause = attempt.hasToken(failure) ? new UnreadableAnswerException(said, failure.isHttp(), null)
				: failure;
		return failure.isHttp() ? new EasCodecException(attempt, "the answer can't be read: " + said, cause)
				: new EasConnectionException(attempt, "the server doesn't speak HTTP: " + said, cause);
	}

	/** Returns the property with the limit that was exceeded, if any. */
	private static String limit(UnreadableAnswerException unreadable) {
		return (Causes.find(unreadable, TooLongFrameException.class) != null) ? " (http.max-header-size)" : "";
	}

	/**
	 * Creates the exception for a response that can't be read. Codecs quote the received
	 * data, and a model may send the token back.
	 */
	static EasException unreadable(Attempt attempt, String reason, Throwable failure) {
		String limit = (failure instanceof BodyTooLargeException) ? " (http.max-in-memory-size)" : "";
		return new EasCodecException(attempt, reason + attempt.quote(text(failure)) + limit,
				attempt.hasToken(failure) ? null : failure)
			.last();
	}

	/**
	 * Returns a short text about the failure, which is shown with the state of its
	 * instance. The text contains nothing that the instance has sent.
	 * @return the text; null if it would quote received data, in which case the status or
	 * the outcome is shown instead
	 */
	static @Nullable String brief(EasException failure) {
		if (failure instanceof EasStatusException || Causes.find(failure, NotSslRecordException.class) != null) {
			return null;
		}
		return (Causes.find(failure, UnreadableAnswerException.class) != null) ? "the server doesn't speak HTTP"
				: failure.reason();
	}

	/**
	 * Returns the message of a failure. For an {@link Error} the class name is added,
	 * because its message alone is often unclear.
	 */
	static String text(Throwable failure) {
		return (failure instanceof Error) ? Causes.describe(failure) : Causes.message(failure);
	}

	/**
	 * Passes a fatal failure, such as an {@link OutOfMemoryError}, to the
	 * uncaught-exception handler of the thread, as if the failure had not been caught. If
	 * it were rethrown, Netty would only log it and close the connection. A class that
	 * can't be loaded or initialized, and a stack overflow, affect only the current call
	 * and are not escalated.
	 *
	 * <p>
	 * Rule for the whole client: the code that catches a failure that ended a call
	 * escalates it, once, after the subscriber has been notified. Failures of code that
	 * only observes (listeners of calls, attempts, ejections, retries and polls; see
	 * {@link io.eas.http.FirstFailure}) are logged and not escalated. The same holds for
	 * failures of polls and checks, because these are repeated, and because a lasting
	 * lack of memory will affect calls as well.
	 */
	static void escalate(Throwable failure) {
		if (failure instanceof VirtualMachineError && !(failure instanceof StackOverflowError)) {
			Thread thread = Thread.currentThread();
			thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
		}
	}

}
