package io.eas.client.retry;

import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

import io.eas.client.EasException;
import io.eas.discovery.InstanceSource;
import io.eas.http.FirstFailure;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;

/**
 * What the calls of one service share for their retries. Thread-safe.
 *
 * @param rules what is tried again
 * @param retry the Resilience4j retry that counts and paces
 * @param budget bounds the retries of all calls together
 * @param destinations says whether there is another instance to try
 * @param clock the time of day, for {@code Retry-After}
 * @param nanoTime the time that budget and deadlines count by
 * @param failures told of what listeners of the retry throw
 */
public record RetryPolicy(RetryRules rules, Retry retry, RetryBudget budget, InstanceSource destinations, Clock clock,
		LongSupplier nanoTime, FirstFailure failures) {

	public RetryPolicy(RetryRules rules, Retry retry, RetryBudget budget, InstanceSource destinations, Clock clock,
			LongSupplier nanoTime) {
		this(rules, retry, budget, destinations, clock, nanoTime, new FirstFailure(
				destinations.service() + ": a listener of its Resilience4j retry failed; calls go on without it"));
	}

	/**
	 * The configuration of a Resilience4j retry that follows rules.
	 * @param rules what is tried again
	 * @return a configuration that services with the same rules may share
	 */
	public static RetryConfig config(RetryRules rules) {
		return RetryConfig.custom()
			.maxAttempts(rules.maxAttempts())
			.retryOnException((failure) -> failure instanceof EasException known && known.isRetryable())
			.intervalBiFunction((failures, result) -> rules.backoff()
				.millisAfter(failures, ThreadLocalRandom.current().nextDouble()))
			.build();
	}

	/** The most attempts that a call may take. */
	public int maxAttempts() {
		return this.retry.getRetryConfig().getMaxAttempts();
	}

}
