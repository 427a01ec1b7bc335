package io.eas.client.retry;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;

import io.eas.http.Causes;
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
 * Rules that say which failures are retried, when, and how often. Immutable and
 * stateless.
 *
 * @param maxAttempts the maximum number of attempts of a call, including the first; 1 to
 * 10. An attempt that got no connection doesn't count if the call moves on to an instance
 * that it hasn't tried
 * @param on the kinds of failure that are retried
 * @param statuses the statuses that are retried; 400 to 599 except 400, 401, 404 and 405
 * @param idempotent false if only requests that have certainly not reached an instance
 * are retried
 * @param backoff the pauses between attempts
 */
public record RetryRules(int maxAttempts, Set<RetryOn> on, Set<Integer> statuses, boolean idempotent, Backoff backoff) {

	private static final int RATE_LIMITED = 429;

	private static final int UNAVAILABLE = 503;

	private static final Set<Integer> NEVER = Set.of(400, 401, 404, 405);

	/**
	 * Checks each value and copies the sets.
	 * @throws InvalidSettingException if a value is out of range
	 */
	public RetryRules {
		Assert.between("max-attempts", maxAttempts, 1, 10);
		for (int status : statuses) {
			if (status < 400 || status > 599 || NEVER.contains(status)) {
				throw new InvalidSettingException("on-statuses", statuses.toString(),
						"be statuses between 400 and 599 without 400, 401, 404 and 405",
						"Remove " + status + ": another attempt would fail in the same way.");
			}
		}
		on = Set.copyOf(on);
		statuses = Set.copyOf(statuses);
	}

	/**
	 * Returns these rules with the value of {@code idempotent} that a call sets.
	 * @param callIsIdempotent whether the call is idempotent
	 * @return the rules for the call
	 */
	public RetryRules forIdempotent(boolean callIsIdempotent) {
		return (callIsIdempotent == this.idempotent) ? this
				: new RetryRules(this.maxAttempts, this.on, this.statuses, callIsIdempotent, this.backoff);
	}

	/**
	 * Returns whether other rules have the same maximum number of attempts and the same
	 * pauses.
	 * @param other the other rules
	 * @return false if a Resilience4j retry for the other rules doesn't fit these
	 */
	public boolean hasPausesOf(RetryRules other) {
		return this.maxAttempts == other.maxAttempts && this.backoff.equals(other.backoff);
	}

	/**
	 * Returns whether a response with this status is a failed attempt instead of the
	 * result of the call.
	 * @param status the status code
	 * @return true if the status is one of those that are retried
	 */
	public boolean isRefusal(int status) {
		return retriesStatuses() && this.statuses.contains(status);
	}

	/**
	 * Returns whether any status is retried.
	 * @return false if only network failures are retried
	 */
	public boolean retriesStatuses() {
		return this.on.contains(RetryOn.REFUSED_BY_STATUS);
	}

	/**
	 * Returns whether a failure is to be retried.
	 * @param failure the failure
	 * @return true if another attempt is wanted
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
	 * Returns why a failure is not retried although its kind can be retried.
	 * @param failure the failure
	 * @return the reason, which names the setting; null if the failure is retried, or can
	 * never be retried
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
	 * Returns the pause that a response asks for with {@code Retry-After}. A rate limit
	 * (429) applies to all instances. Status 503 applies only to the instance that sent
	 * it: another instance may be used immediately.
	 * @param failure the failure
	 * @param now the time
	 * @param elsewhere whether the next attempt goes to another instance
	 * @return the pause in milliseconds, 0 for none
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
	 * Returns whether another attempt at the same address would fail in the same way: TLS
	 * rejects the same certificate or protocol again.
	 * @param failure the failure
	 * @return true if another attempt at this address is useless
	 */
	public static boolean isRefusedForGood(EasException failure) {
		return failure instanceof EasConnectException && Causes.find(failure, SSLException.class) != null;
	}

	/**
	 * The kinds of failure that can be retried.
	 */
	public enum RetryOn {

		/** No connection: the request has not reached an instance. */
		CONNECT,

		/**
		 * The connection broke before the response was complete, or the attempt was given
		 * up because its instance had stalled.
		 */
		RESET,

		/**
		 * The response has one of the statuses for which another instance may succeed.
		 */
		REFUSED_BY_STATUS,

		/** No answer within the response timeout. */
		READ_TIMEOUT;

		/** Returns the name as written in a configuration. */
		String text() {
			return name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

	}

	/**
	 * The pauses between attempts. The first retry waits for {@code initial}, which is 0
	 * by default because this retry goes to another instance. Each further retry waits
	 * {@code multiplier} times as long as the previous one, and the second retry waits at
	 * least {@link #SHORTEST_FURTHER}.
	 *
	 * @param initial the pause before the first retry; 0s to 10s
	 * @param max the maximum pause; 0s to 1m
	 * @param multiplier the factor from one pause to the next; 1 to 10
	 * @param jitter the fraction of a pause that is randomized, 0 to 1; with 0.5, a pause
	 * is between half and the whole of its value
	 */
	public record Backoff(Duration initial, Duration max, double multiplier, double jitter) {

		/** The minimum pause before the second retry, unless {@code max} is shorter. */
		public static final Duration SHORTEST_FURTHER = Duration.ofMillis(10);

		/**
		 * Checks each value.
		 * @throws InvalidSettingException if a value is out of range
		 */
		public Backoff {
			Assert.between("initial", initial, Duration.ZERO, Duration.ofSeconds(10));
			Assert.between("max", max, Duration.ZERO, Duration.ofMinutes(1));
			Assert.between("multiplier", multiplier, 1, 10);
			Assert.between("jitter", jitter, 0, 1);
		}

		/**
		 * Returns the pause after a failure.
		 * @param failures the number of failed attempts, at least 1
		 * @param random a random number from 0 to 1
		 * @return the pause in milliseconds
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
