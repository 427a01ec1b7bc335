package io.eas.simulation;

import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

import io.eas.client.EasConnectException;
import io.eas.client.EasConnectionException;
import io.eas.client.EasException;
import io.eas.client.EasException.Attempt;
import io.eas.client.retry.Retries;
import io.eas.client.retry.RetryBudget;
import io.eas.client.retry.ServiceRetries;
import io.eas.client.retry.RetryRules;
import io.eas.client.retry.RetrySettings;
import io.eas.instance.TestInstances;
import io.eas.loadbalancer.EjectionListener;
import io.eas.loadbalancer.EjectionSettings;
import io.eas.loadbalancer.InstancePicker;
import io.eas.loadbalancer.Outcome;
import io.eas.loadbalancer.hash.ConsistentHash;
import io.eas.loadbalancer.selection.SelectionSettings;
import io.eas.loadbalancer.selection.TestSelector;
import io.eas.loadbalancer.selection.TrackedAttempt;
import io.eas.loadbalancer.weighted.WeightedRoundRobin;
import io.github.resilience4j.retry.Retry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No call fails while an instance is well, whatever the weights and whichever of the
 * others are dead: drawn services, in virtual time.
 */
class DeadInstancesTests {

	private static final int CALLERS = 4;

	private static final int CALLS = 40;

	private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);

	private static final RetryRules RULES = RetrySettings.DEFAULTS.rules();

	@ParameterizedTest
	@EnumSource
	void failNoCall(Fault fault) {
		run(fault, 2_000);
	}

	@Tag("long")
	@ParameterizedTest
	@EnumSource
	void failNoCallOfMany(Fault fault) {
		run(fault, 25_000);
	}

	private static void run(Fault fault, int draws) {
		for (int seed = 0; seed < draws; seed++) {
			Service service = new Service(fault, new Random(seed));
			service.run();
			assertThat(service.failed).as("draw %d: %s", seed, service).isZero();
			assertThat(service.answered).isEqualTo(CALLS);
		}
	}

	/** How an instance is dead. */
	enum Fault {

		/** Connections are refused. */
		REFUSED(Duration.ofMillis(1), Outcome.UNREACHABLE, true),

		/** The same for calls that must not be carried out twice. */
		REFUSED_NOT_IDEMPOTENT(Duration.ofMillis(1), Outcome.UNREACHABLE, false),

		/** Connections are not answered within {@code connect-timeout}. */
		NOT_ANSWERED(Duration.ofMillis(500), Outcome.UNREACHABLE, true),

		/** Connections are reset once there is a request. */
		RESET(Duration.ofMillis(1), Outcome.BROKEN, true);

		private final Duration after;

		private final Outcome outcome;

		private final boolean idempotent;

		Fault(Duration after, Outcome outcome, boolean idempotent) {
			this.after = after;
			this.outcome = outcome;
			this.idempotent = idempotent;
		}

		/** As many as a call can meet. */
		int most(int instances) {
			return (this.outcome == Outcome.BROKEN) ? Math.min(instances - 1, RULES.maxAttempts() - 1) : instances - 1;
		}

		/** Where nobody can have known better, the budget isn't asked. */
		int reserve() {
			return (this.outcome == Outcome.BROKEN) ? 10 : 0;
		}

		EasException failure(TrackedAttempt attempt, int number) {
			RetryRules rules = RULES.forIdempotent(this.idempotent);
			Attempt where = new Attempt("test", attempt.instance(), number, RULES.maxAttempts(), null,
					rules::isRetryable, () -> "", List.of());
			return (this.outcome == Outcome.UNREACHABLE) ? new EasConnectException(where, "dead", null)
					: new EasConnectionException(where, "dead", null);
		}

	}

	/** A service with dead instances, and its callers. */
	private static final class Service {

		private final Fault fault;

		private final Random random;

		private final int[] weights;

		private final boolean[] dead;

		private final TestSelector selector;

		private final ServiceRetries context;

		private final PriorityQueue<Event> events = new PriorityQueue<>(Comparator.comparingLong(Event::nanos));

		/** Since the beginning. */
		private long now;

		private int begun;

		private int answered;

		private int failed;

		Service(Fault fault, Random random) {
			this.fault = fault;
			this.random = random;
			int instances = random.nextInt(2, 11);
			this.weights = random.ints(instances, 1, 1001).toArray();
			this.dead = new boolean[instances];
			int most = random.nextInt(1, fault.most(instances) + 1);
			random.ints(0, instances).distinct().limit(most).forEach((index) -> this.dead[index] = true);
			EjectionSettings ejection = EjectionSettings.builder().maxPercent(random.nextInt(0, 101)).build();
			this.selector = new TestSelector(algorithm(random), SelectionSettings.of(ejection, Duration.ZERO),
					EjectionListener.NONE)
				.take(TestInstances.instances(this.weights));
			this.context = new ServiceRetries(Retry.of("test", ServiceRetries.config(RULES)),
					new RetryBudget(0, fault.reserve(), this.selector.now.get()), this.selector.source,
					this.selector.picks, Clock.systemUTC(), this.selector.now::get);
		}

		private static InstancePicker.Factory algorithm(RandomGenerator random) {
			return switch (random.nextInt(3)) {
				case 0 -> new WeightedRoundRobin(random);
				case 1 -> WeightedRoundRobin.leastRequest(random);
				default -> new ConsistentHash(random);
			};
		}

		void run() {
			IntStream.range(0, CALLERS).forEach((caller) -> call());
			for (Event event = this.events.poll(); event != null; event = this.events.poll()) {
				this.selector.pass(Duration.ofNanos(event.nanos - this.now));
				this.now = event.nanos;
				event.what.run();
			}
		}

		private void after(Duration time, Runnable what) {
			this.events.add(new Event(this.now + time.toNanos() + this.random.nextInt(1000), what));
		}

		private void call() {
			if (this.begun < CALLS) {
				this.begun++;
				String key = this.random.nextBoolean() ? "key-" + this.random.nextInt(5) : null;
				new Call(new Retries(this.context, REQUEST_TIMEOUT), this.selector.now.get(), key).attempt(1);
			}
		}

		@Override
		public String toString() {
			return IntStream.range(0, this.weights.length)
				.mapToObj((index) -> this.weights[index] + (this.dead[index] ? " dead" : ""))
				.toList() + ", " + this.selector.picks.states();
		}

		/** A call over its attempts. */
		private final class Call {

			private final Retries retries;

			private final long started;

			private final String hashKey;

			Call(Retries retries, long started, String hashKey) {
				this.retries = retries;
				this.started = started;
				this.hashKey = hashKey;
			}

			void attempt(int number) {
				TrackedAttempt attempt = Service.this.selector.picks.start(this.retries.avoided(), this.hashKey);
				if (Service.this.dead[TestSelector.index(attempt.instance())]) {
					after(Service.this.fault.after, () -> fail(attempt, number));
				}
				else {
					after(Duration.ofMillis(Service.this.random.nextInt(1, 1500)), () -> answer(attempt));
				}
			}

			private void answer(TrackedAttempt attempt) {
				attempt.end(Outcome.ANSWERED);
				Service.this.answered++;
				call();
			}

			private void fail(TrackedAttempt attempt, int number) {
				Fault fault = Service.this.fault;
				attempt.end(fault.outcome);
				long pause = this.retries.pauseAfter(fault.failure(attempt, number), attempt,
						fault.outcome == Outcome.UNREACHABLE, this.started);
				if (pause < 0) {
					Service.this.failed++;
					call();
				}
				else {
					after(Duration.ofMillis(pause), () -> attempt(number + 1));
				}
			}

		}

		/** What happens at a time. */
		private record Event(long nanos, Runnable what) {
		}

	}

}
