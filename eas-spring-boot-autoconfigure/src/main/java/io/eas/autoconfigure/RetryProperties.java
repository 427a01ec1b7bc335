package io.eas.autoconfigure;

import java.time.Duration;
import java.util.Set;

import io.eas.client.retry.RetryRules.RetryOn;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is tried again on another instance.
 *
 * @param maxAttempts Most attempts of a call, the first included.
 * @param on Kinds of failure that are tried again.
 * @param onStatuses Statuses that mean another instance may do better.
 * @param idempotent Whether calls may be carried out twice. If not, only what surely
 * never reached an instance is tried again.
 * @param backoff Pauses between attempts.
 * @param budget How many attempts after the first all calls of a service may take
 * together.
 */
public record RetryProperties(@DefaultValue("3") int maxAttempts, @DefaultValue( {
		"connect", "reset", "refused-by-status" }) Set<RetryOn> on,
		@DefaultValue({ "450", "502", "503", "504" }) Set<Integer> onStatuses, @DefaultValue("true") boolean idempotent,
		@DefaultValue Backoff backoff, @DefaultValue Budget budget){

	private static final Set<Integer> NEVER = Set.of(400, 401, 404, 405);

	/**
	 * Checks each value.
	 */
	public RetryProperties {
		Ensure.between("max-attempts", maxAttempts, 1, 10);
		for (int status : onStatuses) {
			if (status < 400 || status > 599 || NEVER.contains(status)) {
				throw new InvalidEasPropertyException("on-statuses", onStatuses.toString(),
						"be statuses between 400 and 599 without 400, 401, 404 and 405",
						"Remove " + status + ": trying again elsewhere doesn't mend it.");
			}
		}
	}

	/**
	 * The retries of all calls of a service together. In any 10 seconds up to a retry
	 * there are at most ratio x the calls of these seconds + 10 x min-per-second.
	 *
	 * @param ratio Retries a call, over 10 seconds. With 0.2 every fifth call may be
	 * tried again once.
	 * @param minPerSecond Retries a second that there may be however few calls there are,
	 * as an average over 10 seconds.
	 */
	public record Budget(@DefaultValue("0.2") double ratio, @DefaultValue("10") int minPerSecond) {

		/**
		 * Checks each value.
		 */
		public Budget {
			Ensure.between("ratio", ratio, 0, 10);
			Ensure.between("min-per-second", minPerSecond, 0, 10_000);
		}

	}

	/**
	 * The pauses between attempts.
	 *
	 * @param initial Pause before the first retry, which goes to another instance at once
	 * by default.
	 * @param max Longest pause.
	 * @param multiplier How much longer each pause is than the one before.
	 * @param jitter Part of a pause that is drawn at random.
	 */
	public record Backoff(@DefaultValue("0ms") Duration initial, @DefaultValue("200ms") Duration max,
			@DefaultValue("2") double multiplier, @DefaultValue("0.5") double jitter) {

		/**
		 * Checks each value.
		 */
		public Backoff {
			Ensure.between("initial", initial, Duration.ZERO, Duration.ofSeconds(10));
			Ensure.between("max", max, Duration.ZERO, Duration.ofMinutes(1));
			Ensure.between("multiplier", multiplier, 1, 10);
			Ensure.between("jitter", jitter, 0, 1);
		}

	}

}
