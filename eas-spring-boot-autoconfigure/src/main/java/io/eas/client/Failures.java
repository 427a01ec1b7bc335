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
		if (cause instanceof EasException known) {
			return known;
		}
		if (cause instanceof Error) {
			return new EasCodecException(attempt, "the exchange can't go on here: " + text(cause), cause);
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

	/** What a failure says. An {@link Error} says little without its name. */
	static String text(Throwable failure) {
		@Nullable String message = failure.getMessage();
		if (failure instanceof Error) {
			return failure.toString();
		}
		return (message != null) ? message : failure.getClass().getSimpleName();
	}

	/**
	 * Has whoever watches over this process hear of a failure after which it may not be
	 * able to go on, such as an {@link OutOfMemoryError}. To be called once the
	 * subscriber knows. Goes to the handler of the thread, as if nobody had caught it:
	 * thrown on, it would end in a line of Netty's log, and take the connection along. A
	 * class that can't be loaded or initialized, or a stack that was too deep, is over
	 * with the call that met it.
	 */
	static void escalate(Throwable failure) {
		if (failure instanceof VirtualMachineError && !(failure instanceof StackOverflowError)) {
			Thread thread = Thread.currentThread();
			thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
		}
	}

}
