package io.eas.metrics;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.eas.client.EasClient;
import io.eas.client.EasException;
import io.eas.client.call.LocalEas;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedInstance;
import io.eas.emulator.EmulatedRequest;
import io.eas.emulator.EmulatedResponse;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What is counted of calls and of discovery, over real sockets, with the registries that
 * Spring Boot makes.
 */
class CallMetersTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private EasEmulator eas;

	@BeforeEach
	void start() {
		this.eas = LocalEas.start(CallMetersTests::answer, 1, 1);
	}

	@AfterEach
	void stop() {
		this.eas.close();
	}

	private static Mono<EmulatedResponse> answer(EmulatedRequest request) {
		String type = request.path().endsWith("/stream") ? "text/event-stream;charset=utf-8" : "text/plain";
		return Mono.just(EmulatedResponse.bytes(200, request.body(), type));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void callIsCountedOnceWhateverItsNumberOfAttempts(boolean observed) {
		run(application(observed, "eas.ejection.enabled=false"), (client, meters) -> {
			instance(0).status(503);
			calls(client, 20);
			assertThat(requests(meters, "attempts", "1", "outcome", "SUCCESS", "status", "200", "method", "POST",
					"error", "none")
				.count()).isEqualTo(10);
			assertThat(requests(meters, "attempts", "2", "outcome", "SUCCESS", "status", "200").count()).isEqualTo(10);
			assertThat(requests(meters, "attempts", "1").mean(TimeUnit.SECONDS)).isBetween(1e-6, 5.0);
			assertThat(attempts(meters, "answered")).isEqualTo(20);
			assertThat(attempts(meters, "failed")).isEqualTo(10);
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void failedCallIsTaggedWithStatusAndError(boolean observed) {
		run(application(observed), (client, meters) -> {
			instances((instance) -> instance.status(404));
			fail(client.get("").retrieve(String.class));
			assertThat(requests(meters, "method", "GET", "outcome", "CLIENT_ERROR", "status", "404", "attempts", "1",
					"error", "EasStatusException")
				.count()).isEqualTo(1);
			client.get("").exchange().block(PATIENCE);
			assertThat(requests(meters, "outcome", "CLIENT_ERROR", "error", "none").count()).isEqualTo(1);
			instances((instance) -> instance.status(503));
			fail(client.predict("x", String.class));
			assertThat(requests(meters, "outcome", "SERVER_ERROR", "status", "503", "attempts", "3").count())
				.isEqualTo(1);
			instances(EmulatedInstance::refuse);
			fail(client.predict("x", String.class));
			// one attempt more where a kept connection is tried first
			assertThat(requests(meters, "outcome", "FAILED", "status", "none").count()).isEqualTo(1);
			assertThat(attempts(meters, "unreachable")).isPositive();
		});
	}

	@Test
	void timerHasSameTagsWithAndWithoutObservations() {
		Set<Meter.Id> observed = timers(application(true));
		assertThat(observed).isNotEmpty().isEqualTo(timers(application(false)));
	}

	private Set<Meter.Id> timers(ApplicationContextRunner application) {
		instance(0).status(503);
		Set<Meter.Id> ids = new HashSet<>();
		run(application, (client, meters) -> {
			calls(client, 2);
			ids.addAll(
					meters.get("eas.client.requests").timers().stream().map(Timer::getId).collect(Collectors.toSet()));
		});
		return ids;
	}

	@Test
	void streamIsTimedUntilHeadersFirstEventAndFirstContent() {
		run(application(true), (client, meters) -> {
			Timer first = meters.get("eas.client.stream.time.to.first").tag("eas.service", "echo").timer();
			client.post("/stream").body("data: 1\n\n").retrieve(String.class).block(PATIENCE);
			assertThat(first.count()).isZero();
			instances((instance) -> instance.late(Duration.ofMillis(100)));
			assertThat(client.post("/stream").body("data: 1\n\n").retrieveFlux(String.class).blockLast(PATIENCE))
				.isEqualTo("1");
			assertThat(first.count()).isEqualTo(1);
			assertThat(first.totalTime(TimeUnit.MILLISECONDS)).isBetween(90.0, 20_000.0);
			for (String moment : Set.of("headers", "content")) {
				assertThat(meters.get("eas.client.stream.time.to." + moment).tag("eas.service", "echo").timer().count())
					.as(moment)
					.isEqualTo(1);
			}
		});
	}

	@Test
	void ejectionIsCountedByReasonAndShownInNumberOfInstances() {
		run(application(true, "eas.ejection.base-time=5m"), (client, meters) -> {
			assertThat(instances(meters, "live")).isEqualTo(2);
			assertThat(instances(meters, "ejected")).isZero();
			instance(1).refuse();
			calls(client, 4);
			assertThat(meters.get("eas.loadbalancer.ejections")
				.tags("eas.service", "echo", "reason", "no-connection")
				.counter()
				.count()).isEqualTo(1);
			assertThat(instances(meters, "live")).isEqualTo(1);
			assertThat(instances(meters, "ejected")).isEqualTo(1);
		});
	}

	@Test
	void pollsAreCountedByOutcomeAndListAges() {
		run(application(true, "eas.discovery.timeout=200ms"), (client, meters) -> {
			await().atMost(PATIENCE).until(() -> polls(meters, "SUCCESS") > 2);
			assertThat(polls(meters, "FAILED")).isZero();
			assertThat(age(meters)).isBetween(0.0, 10.0);
			this.eas.close();
			await().atMost(PATIENCE).until(() -> polls(meters, "FAILED") > 2);
			double before = age(meters);
			await().atMost(PATIENCE).until(() -> age(meters) > before);
		});
	}

	@Test
	void configuredListNeitherAgesNorIsPolled() {
		run(application(true, "eas.services.echo.mode=static", "eas.services.echo.instances=" + instance(0).address()),
				(client, meters) -> {
					assertThat(instances(meters, "live")).isEqualTo(1);
					assertThat(MeteredEas.meters(meters)).map(Meter.Id::getName)
						.doesNotContain("eas.discovery.age", "eas.discovery.polls");
				});
	}

	@Test
	void instancesThatHaveNotPassedTheirHealthChecksAreCounted() {
		run(application(true, "eas.probe.enabled=true"), (client, meters) -> {
			await().atMost(PATIENCE).until(() -> instances(meters, "live") == 2);
			assertThat(instances(meters, "unproven")).isZero();
			assertThat(instances(meters, "failing")).isZero();
		});
	}

	@Test
	void instancesThatFailTheirHealthChecksAreCounted() {
		instance(0).refuse();
		run(application(true, "eas.probe.enabled=true", "eas.probe.failure-threshold=10"), (client, meters) -> {
			await().atMost(PATIENCE).until(() -> instances(meters, "unproven") == 1);
			assertThat(instances(meters, "failing")).isZero();
		});
		run(application(true, "eas.probe.enabled=true", "eas.probe.period=1s", "eas.probe.failure-threshold=2"),
				(client, meters) -> {
					await().atMost(PATIENCE).until(() -> instances(meters, "failing") == 1);
					assertThat(instances(meters, "unproven")).isZero();
					assertThat(instances(meters, "live")).isOne();
				});
	}

	@Test
	void unlistedInstanceIsNoLongerCountedAsEjectedEvenWithoutCalls() {
		run(application(true, "eas.ejection.base-time=60s", "eas.discovery.interval=1s",
				"eas.discovery.confirm-shrink=false"), (client, meters) -> {
					instance(0).refuse();
					calls(client, 4);
					assertThat(instances(meters, "ejected")).isOne();
					instance(0).unlist();
					await().atMost(PATIENCE).until(() -> instances(meters, "ejected") == 0);
					assertThat(instances(meters, "live")).isOne();
				});
	}

	@Test
	void noMeterIsTaggedWithAnInstance() {
		run(application(true, "eas.observation.instance-address=true"), (client, meters) -> {
			instance(0).refuse();
			calls(client, 4);
			assertThat(MeteredEas.meters(meters)).isNotEmpty()
				.allSatisfy((id) -> assertThat(id.getTags()).map(Tag::getValue)
					.noneMatch((value) -> value.contains("127.0.0.1")));
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void noMeterOutlivesItsApplication(boolean observed) {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		registry.counter("another");
		run(application(observed).withBean(MeterRegistry.class, () -> registry), (client, meters) -> {
			calls(client, 2);
			assertThat(meters).isSameAs(registry);
			assertThat(MeteredEas.meters(registry)).hasSizeGreaterThan(10);
		});
		assertThat(MeteredEas.meters(registry)).isEmpty();
		assertThat(registry.get("another").counter()).isNotNull();
	}

	@Test
	void otherObservationsAreHandledByTheDefaultHandler() {
		application(true).run((context) -> {
			calls(context.getBean(EasClient.class), 2);
			Observation.createNotStarted("another", context.getBean(ObservationRegistry.class)).observe(() -> {
			});
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			assertThat(meters.get("another").timer().count()).isOne();
			assertThat(meters.find("another.active").longTaskTimer()).isNotNull();
			assertThat(meters.find("eas.client.requests.active").meter()).isNull();
			assertThat(meters.get("eas.client.attempts.active").gauge().value()).isZero();
		});
	}

	@Test
	void noMeterWithTheNameOfACustomConventionOutlivesItsApplication() {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		run(application(true).withBean(MeterRegistry.class, () -> registry)
			.withBean(EasClientObservationConvention.class, Renamed::new), (client, meters) -> {
				calls(client, 2);
				assertThat(registry.get("model.calls").timer().count()).isEqualTo(2);
			});
		assertThat(registry.getMeters()).map((meter) -> meter.getId().getName())
			.noneMatch((name) -> name.startsWith("model.calls") || name.startsWith("eas."));
	}

	private ApplicationContextRunner application(boolean observed, String... properties) {
		return observed ? MeteredEas.application(this.eas, properties) : MeteredEas.metered(this.eas, properties);
	}

	private static void run(ApplicationContextRunner application, BiConsumer<EasClient, MeterRegistry> test) {
		application
			.run((context) -> test.accept(context.getBean(EasClient.class), context.getBean(MeterRegistry.class)));
	}

	private static void calls(EasClient client, int count) {
		Flux.range(0, count).concatMap((i) -> client.predict("x", String.class)).blockLast(PATIENCE);
	}

	private static void fail(Mono<?> call) {
		assertThatExceptionOfType(EasException.class).isThrownBy(() -> call.block(PATIENCE));
	}

	private static Timer requests(MeterRegistry meters, String... tags) {
		return meters.get("eas.client.requests").tag("eas.service", "echo").tags(tags).timer();
	}

	private static double attempts(MeterRegistry meters, String result) {
		return meters.get("eas.client.attempts").tags("eas.service", "echo", "result", result).counter().count();
	}

	private static double polls(MeterRegistry meters, String outcome) {
		return meters.get("eas.discovery.polls").tags("eas.service", "echo", "outcome", outcome).counter().count();
	}

	private static double instances(MeterRegistry meters, String state) {
		return meters.get("eas.discovery.instances").tags("eas.service", "echo", "state", state).gauge().value();
	}

	private static double age(MeterRegistry meters) {
		return meters.get("eas.discovery.age").tag("eas.service", "echo").gauge().value();
	}

	private EmulatedInstance instance(int index) {
		return this.eas.service("echo").instance(index);
	}

	private void instances(Consumer<EmulatedInstance> action) {
		this.eas.service("echo").instances().forEach(action);
	}

	/** The application's own. */
	private static final class Renamed extends DefaultEasClientObservationConvention {

		@Override
		public String getName() {
			return "model.calls";
		}

	}

}
