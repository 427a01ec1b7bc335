package io.eas.properties;

import java.time.Duration;
import java.util.Set;

import io.eas.client.retry.RetryRules;
import io.eas.client.retry.RetryRules.RetryOn;
import io.eas.client.retry.RetrySettings;
import io.eas.settings.InvalidSettingException;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is tried again on another instance.
 *
 * @param maxAttempts Most attempts of a call, the first included. Moves on from an
 * instance that took no connection don't count.
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

	RetrySettings settings() {
		RetryRules.Backoff pauses = InvalidSettingException.within("backoff", this.backoff::settings);
		return new RetrySettings(new RetryRules(this.maxAttempts, this.on, this.onStatuses, this.idempotent, pauses),
				InvalidSettingException.within("budget", this.budget::settings));
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

		RetrySettings.Budget settings() {
			return new RetrySettings.Budget(this.ratio, this.minPerSecond);
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

		RetryRules.Backoff settings() {
			return new RetryRules.Backoff(this.initial, this.max, this.multiplier, this.jitter);
		}

	}

}
