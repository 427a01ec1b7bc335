package io.eas.client.retry;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import io.eas.client.EasException;
import io.eas.client.EasException.Attempt;
import io.eas.client.EasTimeoutException;
import io.eas.client.retry.RetryRules.Backoff;
import io.eas.client.retry.RetryRules.RetryOn;
import io.eas.discovery.InstanceCache;
import io.eas.discovery.InstanceSource;
import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList.Source;
import io.eas.loadbalancer.AttemptListener;
import io.eas.loadbalancer.EjectionListener;
import io.eas.loadbalancer.EjectionSettings;
import io.eas.loadbalancer.Outcome;
import io.eas.loadbalancer.TriedInstances;
import io.eas.loadbalancer.selection.InstanceSelector;
import io.eas.loadbalancer.selection.SelectionSettings;
import io.eas.loadbalancer.selection.TrackedAttempt;
import io.eas.loadbalancer.weighted.WeightedRoundRobin;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Another attempt that is asked for while one is under way.
 */
class ReservedRetryTests {

	private static final EasInstance FIRST = new EasInstance("10.0.0.1", 8000, 100);

	private static final EasInstance SECOND = new EasInstance("10.0.0.2", 8000, 100);

	private static final RetryRules RULES = new RetryRules(2, EnumSet.of(RetryOn.RESET), Set.of(), true,
			new Backoff(Duration.ZERO, Duration.ofMillis(200), 2, 0.5));

	private final AtomicLong now = new AtomicLong();

	private final InstanceSource source = source();

	private final InstanceSelector selector = new InstanceSelector(this.source, new WeightedRoundRobin(new Random(1)),
			new SelectionSettings(EjectionSettings.DEFAULTS, Duration.ZERO, Duration.ofSeconds(5), false),
			EjectionListener.NONE, AttemptListener.NONE, Runnable::run);

	@Test
	void reservedAttemptIsChargedOnce() {
		RetryBudget budget = new RetryBudget(0, 1, 0);
		// all but one of the reserve of 10 s
		for (int i = 0; i < 9; i++) {
			assertThat(budget.tryRetry(0)).isTrue();
		}
		Retries retries = retries(budget, ServiceRetries.config(RULES));
		EasException failure = moved();
		assertThat(retries.reserve(failure, 0)).isTrue();
		assertThat(retries.reserve(failure, 0)).isTrue();
		assertThat(pauseAfterMove(retries)).isZero();
		assertThat(budget.tryRetry(0)).isFalse();
	}

	@Test
	void nothingIsReservedWithoutBudget() {
		Retries retries = retries(new RetryBudget(0, 0, 0), ServiceRetries.config(RULES));
		assertThat(retries.reserve(moved(), 0)).isFalse();
	}

	@Test
	void nothingIsReservedDuringTheLastAttempt() {
		Retries retries = retries(new RetryBudget(0, 10, 0), ServiceRetries.config(RULES));
		assertThat(pauseAfterMove(retries)).isZero();
		assertThat(retries.reserve(moved(), 0)).isFalse();
	}

	@Test
	void nothingIsReservedIfTheApplicationsRetryDeclines() {
		Retries retries = retries(new RetryBudget(0, 10, 0),
				RetryConfig.custom().maxAttempts(3).retryOnException((failure) -> false).build());
		assertThat(retries.reserve(moved(), 0)).isFalse();
	}

	@Test
	void nothingIsReservedAtTheEndOfTheCallsTime() {
		Retries retries = retries(new RetryBudget(0, 10, 0), ServiceRetries.config(RULES));
		this.now.set(Duration.ofMillis(9_990).toNanos());
		assertThat(retries.reserve(moved(), 0)).isFalse();
		this.now.set(Duration.ofMillis(9_900).toNanos());
		assertThat(retries.reserve(moved(), 0)).isTrue();
	}

	private long pauseAfterMove(Retries retries) {
		this.selector.pick(TriedInstances.none(), null, true);
		TrackedAttempt attempt = this.selector.begin(this.selector.states().get(0));
		attempt.end(Outcome.FAILED);
		return retries.pauseAfter(moved(), attempt, false, 0);
	}

	private Retries retries(RetryBudget budget, RetryConfig config) {
		return new Retries(new ServiceRetries(Retry.of("test", config), budget, this.source, this.selector,
				Clock.systemUTC(), this.now::get), Duration.ofSeconds(10));
	}

	private static InstanceSource source() {
		InstanceCache cache = new InstanceCache(Clock.systemUTC());
		cache.succeed(List.of(FIRST, SECOND), Source.STATIC);
		return new InstanceSource("test", cache, null, Instant.EPOCH);
	}

	private static EasException moved() {
		return EasTimeoutException
			.moved(new Attempt("test", FIRST, 1, 2, null, RULES::isRetryable, () -> "", List.of()), 700);
	}

}
