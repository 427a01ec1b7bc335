package io.eas.http;

import java.net.BindException;
import java.util.concurrent.RejectedExecutionException;

import io.netty.channel.ChannelException;
import io.netty.handler.timeout.TimeoutException;

/**
 * Which failures are this machine's own, and say nothing of the one that was called:
 * event loops that have ended, no file descriptor or local port left. Decides from values
 * alone.
 */
public final class LocalFailures {

	private LocalFailures() {
	}

	/**
	 * Whether nobody else is to blame.
	 * @param failure what the network said; its causes aren't looked at
	 * @return true if it says nothing of the other side
	 */
	public static boolean isLocal(Throwable failure) {
		if (failure instanceof TimeoutException) {
			// a ChannelException too
			return false;
		}
		String message = String.valueOf(failure.getMessage());
		return !(failure instanceof Exception) || failure instanceof RejectedExecutionException
				|| failure instanceof IllegalStateException || failure instanceof ChannelException
				|| failure instanceof BindException || message.contains("Too many open files")
				|| message.contains("Cannot assign requested");
	}

}
