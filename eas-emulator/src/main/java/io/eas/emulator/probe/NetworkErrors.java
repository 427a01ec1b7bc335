package io.eas.emulator.probe;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.util.Locale;
import java.util.concurrent.RejectedExecutionException;

import reactor.netty.http.client.PrematureCloseException;

/**
 * Describes errors of connections in words.
 */
final class NetworkErrors {

	static final String REFUSED = "connection refused";

	private NetworkErrors() {
	}

	/**
	 * Returns whether an error was caused by the other side, and not by the end of the
	 * emulator's own threads.
	 */
	static boolean areTheirs(Throwable ex) {
		return ex instanceof Exception && !(ex instanceof RejectedExecutionException)
				&& !(ex instanceof IllegalStateException);
	}

	static String describe(Throwable ex) {
		String message = String.valueOf(ex.getMessage());
		if (ex instanceof ConnectException) {
			return message.contains("refused") ? REFUSED : "no connection: " + message;
		}
		if (ex instanceof PrematureCloseException) {
			return "connection closed before the answer was complete";
		}
		if (ex instanceof IOException && !(ex instanceof ProtocolException)) {
			return message.toLowerCase(Locale.ROOT).contains("reset") ? "connection reset" : message;
		}
		return "the answer isn't HTTP: " + message;
	}

}
