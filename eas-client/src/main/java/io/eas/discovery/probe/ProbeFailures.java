package io.eas.discovery.probe;

import java.io.IOException;
import java.net.ConnectException;
import java.util.Locale;

import io.eas.http.LocalFailures;
import io.eas.http.UnreadableAnswerException;
import reactor.netty.http.client.PrematureCloseException;

/** Descriptions of failed health checks. */
final class ProbeFailures {

	private ProbeFailures() {
	}

	/** Returns whether the instance caused the failure, rather than this machine. */
	static boolean areTheirs(Throwable ex) {
		return !LocalFailures.isLocal(ex);
	}

	static String describe(Throwable ex) {
		String message = message(ex);
		if (ex instanceof ConnectException) {
			return message.contains("refused") ? "connection refused" : "no connection: " + message;
		}
		if (ex instanceof PrematureCloseException) {
			return "connection closed before the answer was complete";
		}
		if (ex instanceof IOException) {
			return message.toLowerCase(Locale.ROOT).contains("reset") ? "connection reset" : message;
		}
		if (ex instanceof UnreadableAnswerException unreadable) {
			return (unreadable.isHttp() ? "the answer can't be read: " : "the answer isn't HTTP: ") + message;
		}
		return message;
	}

	private static String message(Throwable ex) {
		return (ex.getMessage() != null) ? ex.getMessage() : ex.getClass().getSimpleName();
	}

}
