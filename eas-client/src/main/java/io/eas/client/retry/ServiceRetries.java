package io.eas.client.retry;

import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

import io.eas.client.EasException;
import io.eas.discovery.InstanceSource;
import io.eas.http.FirstFailure;
import io.eas.instance.InstanceList;
import io.eas.loadbalancer.TriedInstances;
import io.eas.loadbalancer.selection.InstanceSelector;
import io.github.resilience4j.core.functions.Either;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;

/**
 * The retry policy that all calls of one service share. Thread-safe.
 *
 * @param retry the Resilience4j retry that counts attempts and determines pauses
 * @param budget limits the retries of all calls together
 * @param source knows whether there is another instance to try
 * @param selector knows whether that instance is in use
 * @param clock the clock for the time of day, for {@code Retry-After}
 * @param nanoTime the time by which the budget and the deadlines are measured
 * @param failures logs exceptions from listeners of the retry
 * @param ruleFailures logs exceptions from the rules of the retry
 */
public record ServiceRetries(Retry retry, RetryBudget budget, InstanceSource source, InstanceSelector selector,
		Clock clock, LongSupplier nanoTime, FirstFailure failures, FirstFailure ruleFailures) {

	/**
	 * Creates a policy.
	 * @param retry the Resilience4j retry that counts attempts and determines pauses
	 * @param budget limits the retries of all calls together
	 * @param source knows whether there is another instance to try
	 * @param selector knows whether that instance is in use
	 * @param clock the clock for the time of day
	 * @param nanoTime the time by which the budget and the deadlines are measured
	 */
	public ServiceRetries(Retry retry, RetryBudget budget, InstanceSource source, InstanceSelector selector,
			Clock clock, LongSupplier nanoTime) {
		this(retry, budget, source, selector, clock, nanoTime,
				new FirstFailure(
						source.service() + ": a listener of its Resilience4j retry failed; calls go on without it"),
				new FirstFailure(source.service()
						+ ": a rule of its Resilience4j retry failed; the calls that it decides on are not tried again"));
	}

	/**
	 * Creates the configuration of a Resilience4j retry for the given rules.
	 * @param rules the retry rules
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
	 * Returns the maximum number of attempts of a call, not including attempts without a
	 * connection.
	 * @return the number, including the first attempt
	 */
	public int maxAttempts() {
		return this.retry.getRetryConfig().getMaxAttempts();
	}

	/** Called when a call has received its response at the first attempt. */
	public void succeeded() {
		try {
			this.retry.asyncContext().onComplete();
		}
		catch (Throwable ex) {
			this.failures.tell(ex);
		}
	}

	/** Returns whether the Resilience4j retry would retry such a failure at all. */
	boolean wants(EasException failure) {
		try {
			return this.retry.getRetryConfig().getExceptionPredicate().test(failure);
		}
		catch (Throwable ex) {
			// the retry reports this itself when it is consulted
			return false;
		}
	}

	/**
	 * Applies the rules of the Resilience4j retry without notifying the retry or its
	 * listeners. The rules may come from the application and may throw any exception.
	 * @param failures the number of failures of the call, including this one
	 * @return the pause before the next attempt, in milliseconds; negative if there is
	 * none
	 */
	long pauseAfter(EasException failure, int failures) {
		RetryConfig config = this.retry.getRetryConfig();
		boolean again = failures < config.getMaxAttempts() && config.getExceptionPredicate().test(failure);
		return again ? config.<Object>getIntervalBiFunction().apply(failures, Either.left(failure)) : -1;
	}

	/**
	 * Returns whether calls may be sent to an instance of the list that is not among the
	 * given ones. Ejected instances count as well.
	 */
	boolean hasOthersThan(TriedInstances these) {
		InstanceList list = this.source.current();
		if (list == null) {
			return false;
		}
		boolean drained = list.instances().stream().allMatch((instance) -> instance.weight() == 0);
		return list.instances()
			.stream()
			.anyMatch((instance) -> (drained || instance.weight() > 0) && !these.contains(instance));
	}

}
