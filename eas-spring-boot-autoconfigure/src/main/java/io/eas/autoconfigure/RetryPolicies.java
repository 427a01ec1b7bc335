package io.eas.autoconfigure;

import java.util.concurrent.ThreadLocalRandom;

import io.eas.client.EasException;
import io.eas.client.RetryRules;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;

/**
 * The Resilience4j retries of services.
 */
final class RetryPolicies {

	private RetryPolicies() {
	}

	/**
	 * Registers the retry of a service as {@code eas-<alias>}. Where the application has
	 * configured one under that name itself, that one is used.
	 * @param registry the registry
	 * @param alias the service
	 * @param rules what is tried again
	 * @return the retry
	 */
	static Retry register(RetryRegistry registry, String alias, RetryRules rules) {
		return registry.retry("eas-" + alias, () -> config(rules));
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
