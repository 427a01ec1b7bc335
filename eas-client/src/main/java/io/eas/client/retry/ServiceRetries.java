package io.eas.client.retry;

import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

import io.eas.client.EasException;
import io.eas.discovery.InstanceSource;
import io.eas.http.FirstFailure;
import io.eas.loadbalancer.selection.InstanceSelector;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;

/**
 * What the calls of one service share for their retries. Thread-safe.
 *
 * @param retry the Resilience4j retry that counts and paces
 * @param budget bounds the retries of all calls together
 * @param source says whether there is another instance to try
 * @param selector says whether that is in use
 * @param clock the time of day, for {@code Retry-After}
 * @param nanoTime the time that budget and deadlines count by
 * @param failures told of what listeners of the retry throw
 */
public record ServiceRetries(Retry retry, RetryBudget budget, InstanceSource source, InstanceSelector selector,
		Clock clock, LongSupplier nanoTime, FirstFailure failures) {

	/**
	 * What they share.
	 * @param retry the Resilience4j retry that counts and paces
	 * @param budget bounds the retries of all calls together
	 * @param source says whether there is another instance to try
	 * @param selector says whether that is in use
	 * @param clock the time of day
	 * @param nanoTime the time that budget and deadlines count by
	 */
	public ServiceRetries(Retry retry, RetryBudget budget, InstanceSource source, InstanceSelector selector,
			Clock clock, LongSupplier nanoTime) {
		this(retry, budget, source, selector, clock, nanoTime, new FirstFailure(
				source.service() + ": a listener of its Resilience4j retry failed; calls go on without it"));
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

	/**
	 * The most attempts that a call may take, without those that got no connection.
	 * @return the first included
	 */
	public int maxAttempts() {
		return this.retry.getRetryConfig().getMaxAttempts();
	}

}
