package io.eas.autoconfigure;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

import io.eas.client.EasException;
import io.eas.client.retry.RetryRules;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;

/**
 * The Resilience4j retries of services. Those with the same rules share their
 * configuration.
 */
final class RetryPolicies {

	private final RetryRegistry registry;

	private final Map<RetryRules, RetryConfig> configs = new ConcurrentHashMap<>();

	/**
	 * No retries yet.
	 * @param registry the registry
	 */
	RetryPolicies(RetryRegistry registry) {
		this.registry = registry;
	}

	/**
	 * Registers the retry of a service as {@code eas-<alias>}. Where the application has
	 * configured one under that name itself, that one is used.
	 * @param alias the service
	 * @param rules what is tried again
	 * @return the retry
	 */
	Retry register(String alias, RetryRules rules) {
		return this.registry.retry("eas-" + alias, () -> this.configs.computeIfAbsent(rules, RetryPolicies::config));
	}

	private static RetryConfig config(RetryRules rules) {
		return RetryConfig.custom()
			.maxAttempts(rules.maxAttempts())
			.retryOnException(RetryPolicies::isRetryable)
			.intervalBiFunction((failures, result) -> rules.backoff()
				.millisAfter(failures, ThreadLocalRandom.current().nextDouble()))
			.build();
	}

	private static boolean isRetryable(Throwable failure) {
		return failure instanceof EasException known && known.isRetryable();
	}

}
