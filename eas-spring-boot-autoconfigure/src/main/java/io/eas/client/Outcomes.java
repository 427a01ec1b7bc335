package io.eas.client;

import java.util.concurrent.TimeoutException;

import io.eas.loadbalancer.Outcome;
import org.jspecify.annotations.Nullable;
import reactor.netty.channel.AbortedException;

/**
 * What the end of an attempt says about its instance. Decides from values alone.
 */
final class Outcomes {

	private static final int QUEUE_FULL = 450;

	private static final int SERVER_ERROR = 500;

	private Outcomes() {
	}

	/**
	 * Status 500 and others that no rule names are the model's word about a request, and
	 * say nothing about the instance.
	 */
	static Outcome of(int status, RetryRules rules) {
		if (status == QUEUE_FULL) {
			return Outcome.BUSY;
		}
		return (status >= SERVER_ERROR && rules.statuses().contains(status)) ? Outcome.FAILED : Outcome.ANSWERED;
	}

	/**
	 * A body that can't be sent says nothing about the instance, one that is too large to
	 * be read that it answers.
	 */
	static Outcome of(EasException failure) {
		if (failure instanceof EasConnectException) {
			return ofNoConnection(failure.getCause());
		}
		if (failure instanceof EasConnectionException || failure instanceof EasTimeoutException) {
			return Outcome.FAILED;
		}
		return (failure instanceof EasCodecException) ? Outcome.ABANDONED : Outcome.ANSWERED;
	}

	/**
	 * None of the pool's connections was free in time, a kept one was just being closed,
	 * or no new one could be had.
	 */
	private static Outcome ofNoConnection(@Nullable Throwable cause) {
		if (cause instanceof TimeoutException) {
			return Outcome.BUSY;
		}
		return (cause instanceof AbortedException) ? Outcome.FAILED : Outcome.UNREACHABLE;
	}

}
