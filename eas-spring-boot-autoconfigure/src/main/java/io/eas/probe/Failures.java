package io.eas.probe;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.util.Locale;
import java.util.concurrent.RejectedExecutionException;

import io.netty.channel.ChannelException;
import reactor.netty.http.client.PrematureCloseException;

/**
 * What went wrong with a check, in words.
 */
final class Failures {

	private Failures() {
	}

	/**
	 * Whether the instance is to blame, and not this machine: event loops that have
	 * ended, no file descriptor or local port left.
	 */
	static boolean areTheirs(Throwable ex) {
		boolean ours = ex instanceof RejectedExecutionException || ex instanceof IllegalStateException
				|| ex instanceof ChannelException || ex instanceof BindException
				|| message(ex).contains("Too many open files") || message(ex).contains("Cannot assign requested");
		return ex instanceof Exception && !ours;
	}

	static String describe(Throwable ex) {
		String message = message(ex);
		if (ex instanceof ConnectException) {
			return message.contains("refused") ? "connection refused" : "no connection: " + message;
		}
		if (ex instanceof PrematureCloseException) {
			return "connection closed before the answer was whole";
		}
		if (ex instanceof IOException) {
			return message.toLowerCase(Locale.ROOT).contains("reset") ? "connection reset" : message;
		}
		return "the answer is no HTTP: " + message;
	}

	private static String message(Throwable ex) {
		return (ex.getMessage() != null) ? ex.getMessage() : ex.getClass().getSimpleName();
	}

}
