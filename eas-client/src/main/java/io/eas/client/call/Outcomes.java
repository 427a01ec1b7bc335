package io.eas.client.call;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;

import io.eas.client.EasCodecException;
import io.eas.client.EasConnectException;
import io.eas.client.EasConnectionException;
import io.eas.client.EasException;
import io.eas.client.EasTimeoutException;
import io.eas.client.retry.RetryRules;
import io.eas.http.BodyTooLargeException;
import io.eas.http.Causes;
import io.eas.http.LocalFailures;
import io.eas.http.ShieldedCause;
import io.eas.http.UnreadableAnswerException;
import io.eas.loadbalancer.Outcome;
import io.eas.loadbalancer.selection.TrackedAttempt;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import org.jspecify.annotations.Nullable;
import reactor.netty.channel.AbortedException;

import org.springframework.core.codec.CodecException;

/**
 * Determines the outcome of an attempt for its instance. Stateless.
 */
public final class Outcomes {

	private static final int QUEUE_FULL = 450;

	private static final int SERVER_ERROR = 500;

	private Outcomes() {
	}

	/**
	 * Returns the outcome for a status. Status 500, and any other status that no retry
	 * rule names, is the model's reply to one request and doesn't count against the
	 * instance.
	 * @param status the status code
	 * @param rules the retry rules of the service
	 * @return the outcome for the instance
	 */
	public static Outcome of(int status, RetryRules rules) {
		if (status == QUEUE_FULL) {
			return Outcome.BUSY;
		}
		return (status >= SERVER_ERROR && rules.statuses().contains(status)) ? Outcome.FAILED : Outcome.ANSWERED;
	}

	/**
	 * Returns the outcome for a failure. A body that can't be sent doesn't count against
	 * the instance. A response that is too large or malformed shows that the instance
	 * responds: as with status 500, only this request may be the problem. A pooled
	 * connection that was being closed counts as broken; the {@link TrackedAttempt}
	 * decides whether it counts against the instance.
	 */
	static Outcome of(EasException failure) {
		Throwable cause = ShieldedCause.originalCause(failure);
		if (failure instanceof EasCodecException) {
			return (cause instanceof BodyTooLargeException || named(cause) == Outcome.ANSWERED) ? Outcome.ANSWERED
					: Outcome.CANCELLED;
		}
		if (failure instanceof EasConnectException) {
			return of(cause, (cause instanceof AbortedException) ? Outcome.BROKEN : Outcome.UNREACHABLE);
		}
		if (failure instanceof EasConnectionException) {
			return of(cause, (named(cause) == Outcome.FAILED) ? Outcome.FAILED : Outcome.BROKEN);
		}
		return (failure instanceof EasTimeoutException) ? Outcome.FAILED : Outcome.ANSWERED;
	}

	private static Outcome of(@Nullable Throwable cause, Outcome otherwise) {
		Outcome said = named(cause);
		return (said == Outcome.POOL_EXHAUSTED || said == Outcome.CANCELLED) ? said : otherwise;
	}

	/**
	 * Returns the outcome for a failure of an HTTP client. A failure whose cause is not
	 * the network, but for example a body or a filter of the application, doesn't count
	 * against the instance.
	 * @param failure the failure
	 * @return the outcome for the instance
	 */
	public static Outcome ofAttempt(Throwable failure) {
		Outcome said = named(failure);
		return (said != null) ? said : Outcome.CANCELLED;
	}

	/** Returns the outcome of the first cause that determines an outcome, or null. */
	private static @Nullable Outcome named(@Nullable Throwable failure) {
		return Causes.first(failure, Outcomes::said);
	}

	private static @Nullable Outcome said(Throwable cause) {
		if (isOfThePool(cause)) {
			return Outcome.POOL_EXHAUSTED;
		}
		if (cause instanceof CodecException || cause instanceof UnknownHostException || LocalFailures.isLocal(cause)
				|| isInterrupted(cause)) {
			return Outcome.CANCELLED;
		}
		if (cause instanceof ConnectException || cause instanceof NoRouteToHostException
				|| cause instanceof UnsupportedAddressTypeException || isNoConnection(cause)) {
			return Outcome.UNREACHABLE;
		}
		if (cause instanceof UnreadableAnswerException unreadable) {
			return unreadable.isHttp() ? Outcome.ANSWERED : Outcome.FAILED;
		}
		if (cause instanceof TooLongFrameException) {
			// thrown by a client of the application whose connections don't convert it to
			// an UnreadableAnswerException
			return Outcome.ANSWERED;
		}
		return isLate(cause) ? Outcome.FAILED : isBroken(cause) ? Outcome.BROKEN : null;
	}

	/**
	 * Returns whether there was no connection. Checks the message, because the socket API
	 * uses one exception type for several failures.
	 */
	private static boolean isNoConnection(Throwable cause) {
		String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
		return cause instanceof HttpConnectTimeoutException
				|| (cause instanceof SocketTimeoutException && message.contains("connect"))
				|| (cause instanceof SocketException && message.contains("unreachable"));
	}

	/**
	 * Returns whether the pool had no free connection. Compares the class by its name,
	 * because Reactor Netty's class is in an internal package.
	 */
	private static boolean isOfThePool(Throwable cause) {
		return cause instanceof TimeoutException
				&& "PoolAcquireTimeoutException".equals(cause.getClass().getSimpleName());
	}

	private static boolean isLate(Throwable cause) {
		return cause instanceof TimeoutException || cause instanceof io.netty.handler.timeout.TimeoutException
				|| cause instanceof SocketTimeoutException || cause instanceof HttpTimeoutException;
	}

	/**
	 * Returns whether the thread of the caller, or a thread in the pool of its client,
	 * was interrupted.
	 */
	private static boolean isInterrupted(Throwable cause) {
		return cause instanceof ClosedByInterruptException
				|| (cause instanceof InterruptedIOException && !(cause instanceof SocketTimeoutException))
				|| cause.getCause() instanceof InterruptedException;
	}

	private static boolean isBroken(Throwable cause) {
		return cause instanceof IOException || cause instanceof AbortedException || cause instanceof DecoderException;
	}

}
