package io.eas.properties;

import java.time.Duration;
import java.util.Set;

import io.eas.client.retry.RetryRules;
import io.eas.client.retry.RetryRules.RetryOn;
import io.eas.client.retry.RetrySettings;
import io.eas.settings.InvalidSettingException;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Properties of the retries of failed calls.
 *
 * @param maxAttempts Maximum number of attempts of a call, including the first one. An
 * attempt that gets no connection doesn't count while there is an untried instance.
 * @param on Kinds of failures that are retried.
 * @param onStatuses Response statuses that are retried on another instance.
 * @param idempotent Whether calls may be executed twice. If not, only attempts that
 * certainly never reached an instance are retried.
 * @param backoff Delays between the attempts of a call.
 * @param budget Limit of the retries of all calls of a service together.
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
	 * Limit of the retries of all calls of a service together. Within any 10 seconds, at
	 * most (ratio x number of calls + 10 x min-per-second) retries are allowed.
	 *
	 * @param ratio Maximum ratio of retries to calls over 10 seconds, so that with 0.2
	 * every fifth call may be retried once.
	 * @param minPerSecond Number of retries per second that are always allowed, as an
	 * average over 10 seconds.
	 */
	public record Budget(@DefaultValue("0.2") double ratio, @DefaultValue("10") int minPerSecond) {

		RetrySettings.Budget settings() {
			return new RetrySettings.Budget(this.ratio, this.minPerSecond);
		}

	}

	/**
	 * Delays between the attempts of a call.
	 *
	 * @param initial Delay before the first retry, which by default goes to another
	 * instance at once.
	 * @param max Maximum delay before a retry.
	 * @param multiplier Factor by which the delay grows from one retry to the next.
	 * @param jitter Fraction of the delay that is randomized, from 0 to 1.
	 */
	public record Backoff(@DefaultValue("0ms") Duration initial, @DefaultValue("200ms") Duration max,
			@DefaultValue("2") double multiplier, @DefaultValue("0.5") double jitter) {

		RetryRules.Backoff settings() {
			return new RetryRules.Backoff(this.initial, this.max, this.multiplier, this.jitter);
		}

	}

}
