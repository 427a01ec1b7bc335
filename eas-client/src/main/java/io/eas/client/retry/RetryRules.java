package io.eas.client.retry;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;

import javax.net.ssl.SSLException;

import io.eas.client.EasConnectException;
import io.eas.client.EasConnectionException;
import io.eas.client.EasException;
import io.eas.client.EasStatusException;
import io.eas.client.EasTimeoutException;
import io.eas.http.HttpDate;
import io.eas.settings.Assert;
import io.eas.settings.InvalidSettingException;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * What is tried again, when, and how often. Immutable; decides from values alone.
 *
 * @param maxAttempts the most attempts a call takes, the first included, but without
 * those that got no connection and moved on to an instance not tried before; 1 to 10
 * @param on the kinds of failure that are tried again
 * @param statuses the statuses that count as refused; 400 to 599 without 400, 401, 404
 * and 405
 * @param idempotent false if only what surely never reached an instance is tried again
 * @param backoff the pauses
 */
public record RetryRules(int maxAttempts, Set<RetryOn> on, Set<Integer> statuses, boolean idempotent, Backoff backoff) {

	private static final int RATE_LIMITED = 429;

	private static final int UNAVAILABLE = 503;

	private static final Set<Integer> NEVER = Set.of(400, 401, 404, 405);

	/**
	 * Checks each value, and copies the sets.
	 * @throws InvalidSettingException if one is out of range
	 */
	public RetryRules {
		Assert.between("max-attempts", maxAttempts, 1, 10);
		for (int status : statuses) {
			if (status < 400 || status > 599 || NEVER.contains(status)) {
				throw new InvalidSettingException("on-statuses", statuses.toString(),
						"be statuses between 400 and 599 without 400, 401, 404 and 405",
						"Remove " + status + ": trying again elsewhere doesn't mend it.");
			}
		}
		on = Set.copyOf(on);
		statuses = Set.copyOf(statuses);
	}

	/**
	 * The same rules for a call that says itself whether it is idempotent.
	 * @param callIsIdempotent what it says
	 * @return the rules of the call
	 */
	public RetryRules forIdempotent(boolean callIsIdempotent) {
		return (callIsIdempotent == this.idempotent) ? this
				: new RetryRules(this.maxAttempts, this.on, this.statuses, callIsIdempotent, this.backoff);
	}

	/**
	 * Whether an answer with this status is a failed attempt rather than the answer.
	 * @param status the status code
	 * @return true if it is to be tried again
	 */
	public boolean isRefusal(int status) {
		return retriesStatuses() && this.statuses.contains(status);
	}

	/**
	 * Whether any status is a failed attempt rather than the answer.
	 * @return true unless only failures of the network are tried again
	 */
	public boolean retriesStatuses() {
		return this.on.contains(RetryOn.REFUSED_BY_STATUS);
	}

	/**
	 * Whether another attempt is wanted after a failure.
	 * @param failure the failure
	 * @return true if it is
	 */
	public boolean isRetryable(EasException failure) {
		if (failure instanceof EasConnectException) {
			return this.on.contains(RetryOn.CONNECT);
		}
		if (!this.idempotent) {
			return false;
		}
		if (failure instanceof EasConnectionException) {
			return this.on.contains(RetryOn.RESET);
		}
		if (failure instanceof EasTimeoutException timeout) {
			return !timeout.isDeadline() && (this.on.contains(RetryOn.READ_TIMEOUT)
					|| (timeout.isMoved() && this.on.contains(RetryOn.RESET)));
		}
		return failure instanceof EasStatusException status && isRefusal(status.status().value());
	}

	/**
	 * Why another attempt isn't wanted after a failure of a kind that can be tried again.
	 * @param failure the failure
	 * @return what to change, or null if another attempt is wanted, or never would be
	 */
	public @Nullable String whyNotRetried(EasException failure) {
		RetryOn kind = kind(failure);
		if (kind == null || isRetryable(failure)) {
			return null;
		}
		String missing = this.on.contains(kind) ? "" : "retry.on has no " + kind.text();
		boolean repeatable = this.idempotent || kind == RetryOn.CONNECT;
		return missing + ((missing.isEmpty() || repeatable) ? "" : ", and ")
				+ (repeatable ? "" : "the call is not idempotent");
	}

	private @Nullable RetryOn kind(EasException failure) {
		if (failure instanceof EasTimeoutException timeout) {
			return timeout.isDeadline() ? null : timeout.isMoved() ? RetryOn.RESET : RetryOn.READ_TIMEOUT;
		}
		if (failure instanceof EasStatusException status) {
			return this.statuses.contains(status.status().value()) ? RetryOn.REFUSED_BY_STATUS : null;
		}
		if (failure instanceof EasConnectException) {
			return RetryOn.CONNECT;
		}
		return (failure instanceof EasConnectionException) ? RetryOn.RESET : null;
	}

	/**
	 * How long a failure asks for a pause. A rate limit holds wherever the next attempt
	 * goes; that an instance is unavailable, for that instance: others may do better at
	 * once.
	 * @param failure the failure
	 * @param now the time
	 * @param elsewhere whether the next attempt goes to another instance
	 * @return milliseconds, 0 for none
	 */
	static long pauseAskedFor(EasException failure, Instant now, boolean elsewhere) {
		if (!(failure instanceof EasStatusException status)) {
			return 0;
		}
		int code = status.status().value();
		String value = status.headers().getFirst(HttpHeaders.RETRY_AFTER);
		boolean asked = code == RATE_LIMITED || (code == UNAVAILABLE && !elsewhere);
		return (asked && value != null) ? HttpDate.millisUntil(value, now) : 0;
	}

	/**
	 * Whether another attempt at the same address would end in the same way: a
	 * certificate or a protocol that is refused once will be refused again.
	 * @param failure the failure
	 * @return true if there is no use in it
	 */
	public static boolean isRefusedForGood(EasException failure) {
		Throwable cause = (failure instanceof EasConnectException) ? failure.getCause() : null;
		while (cause != null && !(cause instanceof SSLException)) {
			cause = cause.getCause();
		}
		return cause != null;
	}

	/**
	 * The kinds of failure that can be tried again.
	 */
	public enum RetryOn {

		/** No connection: the request never reached an instance. */
		CONNECT,

		/**
		 * The connection broke before the whole answer was there, or was given up since
		 * its instance stands still.
		 */
		RESET,

		/**
		 * The answer has one of the statuses that mean another instance may do better.
		 */
		REFUSED_BY_STATUS,

		/** No answer within the response timeout. */
		READ_TIMEOUT;

		/** As it is written in a configuration. */
		String text() {
			return name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

	}

	/**
	 * Pauses between attempts. The first retry waits for {@code initial}, which by
	 * default is not at all, since it goes to another instance; each further one waits
	 * {@code multiplier} times as long as the one before, from at least
	 * {@link #SHORTEST_FURTHER} on.
	 *
	 * @param initial before the first retry; 0s to 10s
	 * @param max the longest; 0s to 1m
	 * @param multiplier 1 to 10
	 * @param jitter the part of a pause that is drawn: 0.5 draws from half to the whole;
	 * 0 to 1
	 */
	public record Backoff(Duration initial, Duration max, double multiplier, double jitter) {

		/** The shortest pause before the second retry. */
		public static final Duration SHORTEST_FURTHER = Duration.ofMillis(10);

		/**
		 * Checks each value.
		 * @throws InvalidSettingException if one is out of range
		 */
		public Backoff {
			Assert.between("initial", initial, Duration.ZERO, Duration.ofSeconds(10));
			Assert.between("max", max, Duration.ZERO, Duration.ofMinutes(1));
			Assert.between("multiplier", multiplier, 1, 10);
			Assert.between("jitter", jitter, 0, 1);
		}

		/**
		 * The pause after a failure.
		 * @param failures how many attempts have failed, at least 1
		 * @param random a number drawn from 0 to 1
		 * @return milliseconds
		 */
		public long millisAfter(int failures, double random) {
			double pause = millis(this.initial);
			if (failures > 1) {
				double second = Math.max(millis(SHORTEST_FURTHER), pause * this.multiplier);
				pause = second * Math.pow(this.multiplier, failures - 2.0);
			}
			double longest = Math.min(pause, millis(this.max));
			return Math.round(longest * (1 - this.jitter * random));
		}

		private static double millis(Duration duration) {
			return (double) duration.toMillis();
		}

	}

}
