package io.eas.http;

import java.net.BindException;
import java.util.concurrent.RejectedExecutionException;

import io.netty.channel.ChannelException;
import io.netty.handler.timeout.TimeoutException;

/**
 * Detects failures of this machine, which say nothing about the other side: event loops
 * that have been shut down, no free file descriptor, no free local port. Stateless.
 */
public final class LocalFailures {

	private LocalFailures() {
	}

	/**
	 * Returns whether a failure was caused by this machine.
	 * @param failure the failure reported by the network; its causes are not examined
	 * @return true if the other side is not responsible for the failure
	 */
	public static boolean isLocal(Throwable failure) {
		if (failure instanceof TimeoutException) {
			// checked first, since some timeouts are also ChannelExceptions
			return false;
		}
		String message = String.valueOf(failure.getMessage());
		return !(failure instanceof Exception) || failure instanceof RejectedExecutionException
				|| failure instanceof IllegalStateException || failure instanceof ChannelException
				|| failure instanceof BindException || message.contains("Too many open files")
				|| message.contains("Cannot assign requested");
	}

}
