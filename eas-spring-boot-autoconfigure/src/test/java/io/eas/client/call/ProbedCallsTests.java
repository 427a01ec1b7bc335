package io.eas.client.call;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.eas.client.EasClient;
import io.eas.client.EasStartupException;
import io.eas.discovery.probe.ProbeState;
import io.eas.discovery.probe.Verdict;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedInstance;
import io.eas.health.EasHealthContributor;
import io.eas.instance.InstanceList;
import io.eas.service.EasService;
import io.eas.service.EasServices;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls to instances that the client checks itself. None is tried again, so that each
 * that fails is seen.
 */
@ExtendWith(OutputCaptureExtension.class)
class ProbedCallsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final ProbedModel a = new ProbedModel(true);

	private final ProbedModel b = new ProbedModel(true);

	private final ProbedModel c = new ProbedModel(true);

	@Test
	void anInstanceThatDoesNotServeYetGetsNoCallUntilItPasses() {
		this.b.setReady(false);
		try (EasEmulator eas = start(this.a, this.b)) {
			application(eas).run((context) -> {
				call(context, 50);
				await().until(() -> this.b.probes().size() > 4);
				call(context, 50);
				assertThat(this.a.calls()).isEqualTo(100);
				assertThat(this.b.calls()).isZero();
				this.b.setReady(true);
				await().until(() -> instances(context) == 2);
				call(context, 50);
				assertThat(this.b.calls()).isEqualTo(25);
			});
		}
	}

	@Test
	void aCallWaitsUntilTheFirstInstancePasses() {
		this.a.setReady(false);
		try (EasEmulator eas = start(this.a)) {
			application(eas, "eas.discovery.startup=lazy", "eas.probe.failure-threshold=100").run((context) -> {
				CompletableFuture<String> call = context.getBean(EasClient.class)
					.predict("{}", String.class)
					.toFuture();
				await().until(() -> this.a.probes().size() > 2);
				assertThat(call).isNotDone();
				assertThat(this.a.calls()).isZero();
				this.a.setReady(true);
				assertThat(call.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo("ok");
			});
		}
	}

	@Test
	void anInstanceThatStartsToFailLeavesAndReturns() {
		try (EasEmulator eas = start(this.a, this.b, this.c)) {
			application(eas).run((context) -> {
				await().until(() -> instances(context) == 3);
				this.b.setReady(false);
				await().until(() -> instances(context) == 2);
				int before = this.b.calls();
				call(context, 60);
				assertThat(this.b.calls()).isEqualTo(before);
				assertThat(states(context)).containsValue(new ProbeState(Verdict.FAILING, "GET /readyz answered 500"));
				this.b.setReady(true);
				await().until(() -> instances(context) == 3);
				call(context, 60);
				assertThat(this.b.calls()).isEqualTo(before + 20);
			});
		}
	}

	@Test
	void aRolloutToInstancesThatAreSlowToStartFailsNoCall() {
		ProbedModel[] slow = { new ProbedModel(false), new ProbedModel(false), new ProbedModel(false) };
		try (EasEmulator eas = start(this.a, this.b, this.c)) {
			List<EmulatedInstance> old = eas.service("echo").instances();
			application(eas, "eas.probe.failure-threshold=2").run((context) -> {
				Calls calls = new Calls(context);
				Arrays.stream(slow).forEach((model) -> eas.service("echo").add((instance) -> instance.handler(model)));
				old.forEach(EmulatedInstance::unlist);
				await().until(() -> states(context).values()
					.stream()
					.filter((state) -> state.verdict() == Verdict.FAILING)
					.count() == 3);
				calls.awaitMore(50);
				assertThat(slow).allMatch((model) -> model.calls() == 0);
				for (ProbedModel model : slow) {
					model.setReady(true);
					await().until(() -> model.calls() > 0);
					calls.awaitMore(50);
				}
				await().until(() -> instances(context) == 3);
				old.forEach(eas.service("echo")::remove);
				calls.awaitMore(50);
				calls.end();
			});
		}
	}

	@Test
	void allInstancesAreUsedIfAllFail(CapturedOutput output) {
		List<ProbedModel> models = List.of(this.a, this.b, this.c);
		try (EasEmulator eas = start(this.a, this.b, this.c)) {
			application(eas).run((context) -> {
				models.forEach((model) -> model.setModest(true));
				await().untilAsserted(() -> assertThat(states(context).values()).hasSize(3)
					.containsOnly(new ProbeState(Verdict.FAILING, "GET /readyz answered 500")));
				await().until(() -> instances(context) == 3);
				assertThat(output).contains("the probe is ignored and all are used");
				call(context, 30);
				assertThat(models).extracting(ProbedModel::calls).containsOnly(10);
			});
		}
	}

	@Test
	void missingProbePathIsLoggedAndAllInstancesAreUsed(CapturedOutput output) {
		try (EasEmulator eas = start(this.a, this.b, this.c)) {
			application(eas, "eas.probe.http-get.path=/wrong").run((context) -> {
				call(context, 60);
				assertThat(this.a.calls() + this.b.calls() + this.c.calls()).isEqualTo(60);
				assertThat(instances(context)).isEqualTo(3);
				assertThat(output).contains("echo: most of the 3 instance(s), by weight, fail the probe")
					.contains("the last: GET /wrong answered 404");
			});
		}
	}

	@Test
	void anInstanceThatRefusesConnectionsLeaves() {
		try (EasEmulator eas = start(this.a, this.b, this.c)) {
			application(eas, "eas.probe.http-get.path=", "eas.probe.tcp-socket=true").run((context) -> {
				await().until(() -> instances(context) == 3);
				eas.service("echo").instance(2).kill();
				await().until(() -> instances(context) == 2);
				call(context, 60);
				assertThat(this.a.probes()).isEmpty();
				eas.service("echo").instance(2).restart();
				await().until(() -> instances(context) == 3);
			});
		}
	}

	@Test
	void configuredInstancesAreCheckedToo() {
		this.b.setReady(false);
		try (EasEmulator eas = start(this.a, this.b)) {
			String instances = eas.service("echo").instance(0).address() + ","
					+ eas.service("echo").instance(1).address();
			application(eas, "eas.mode=static", "eas.instances=" + instances).run((context) -> {
				assertThat(instances(context)).isEqualTo(1);
				call(context, 50);
				assertThat(this.b.calls()).isZero();
				this.b.setReady(true);
				await().until(() -> instances(context) == 2);
			});
		}
	}

	@Test
	void probesSendNoToken() {
		try (EasEmulator eas = start(this.a)) {
			application(eas, "eas.auth.scheme=bearer").run((context) -> {
				call(context, 1);
				await().until(() -> this.a.probes().size() > 2);
				assertThat(this.a.probes()).allSatisfy((probe) -> {
					assertThat(probe.headerNames()).doesNotContain("Authorization", "authorization");
					assertThat(probe.toString()).isEqualTo("GET /readyz");
				});
			});
		}
	}

	@Test
	void healthCountsInstancesThatHaveNotPassed() {
		this.b.setReady(false);
		try (EasEmulator eas = start(this.a, this.b)) {
			application(eas).run((context) -> {
				ReactiveHealthIndicator health = (ReactiveHealthIndicator) context.getBean(EasHealthContributor.class)
					.getContributor("echo");
				await().untilAsserted(
						() -> assertThat(health.health().block(PATIENCE).getDetails()).containsEntry("instances", 1)
							.containsEntry("unproven", 0L)
							.containsEntry("failing", 1L));
			});
		}
	}

	@Test
	void startupFailureSaysThatNoInstanceHasPassed() {
		this.a.setReady(false);
		try (EasEmulator eas = start(this.a)) {
			application(eas, "eas.discovery.startup=fail-fast", "eas.discovery.startup-timeout=1s",
					"eas.probe.failure-threshold=100")
				.run((context) -> assertThat(context).getFailure()
					.rootCause()
					.isInstanceOf(EasStartupException.class)
					.hasMessageContaining("none of 1 listed instance(s) has passed the probe yet, the first: "
							+ eas.service("echo").instance(0).address())
					.hasMessageContaining("GET /readyz answered 500"));
		}
	}

	@Test
	void nothingIsProbedIfProbesAreDisabled() {
		try (EasEmulator eas = start(this.a)) {
			application(eas, "eas.probe.enabled=false").run((context) -> {
				call(context, 10);
				assertThat(states(context)).isEmpty();
				assertThat(this.a.probes()).isEmpty();
			});
		}
	}

	private static ConditionFactory await() {
		return Awaitility.await().atMost(PATIENCE);
	}

	private static EasEmulator start(ProbedModel... models) {
		return EasEmulator.builder()
			.admin(false)
			.service("echo",
					(service) -> Arrays.stream(models)
						.forEach((model) -> service.instance((instance) -> instance.handler(model))))
			.build()
			.start();
	}

	private static ApplicationContextRunner application(EasEmulator eas, String... properties) {
		return LocalEas
			.application(eas, "eas.retry.max-attempts=1", "eas.probe.enabled=true", "eas.probe.period=100ms",
					"eas.probe.http-get.path=" + ProbedModel.PATH)
			.withPropertyValues(properties);
	}

	private static void call(ApplicationContext context, int times) {
		EasClient client = context.getBean(EasClient.class);
		assertThat(
				Flux.range(0, times).concatMap((i) -> client.predict("{}", String.class)).collectList().block(PATIENCE))
			.hasSize(times)
			.containsOnly("ok");
	}

	private static int instances(ApplicationContext context) {
		InstanceList list = service(context).cache().current();
		return (list != null) ? list.size() : 0;
	}

	private static Map<String, ProbeState> states(ApplicationContext context) {
		return service(context).probes();
	}

	private static EasService service(ApplicationContext context) {
		return context.getBean(EasServices.class).service("echo");
	}

	/**
	 * Calls without end, four at a time.
	 */
	private static final class Calls {

		private final AtomicInteger made = new AtomicInteger();

		private final List<Throwable> failures = new CopyOnWriteArrayList<>();

		private final Disposable running;

		Calls(ApplicationContext context) {
			EasClient client = context.getBean(EasClient.class);
			this.running = Flux.range(0, Integer.MAX_VALUE)
				.flatMap((i) -> client.predict("{}", String.class)
					.doOnNext((answer) -> this.made.incrementAndGet())
					.onErrorResume((failure) -> {
						this.failures.add(failure);
						return Mono.empty();
					}), 4)
				.subscribe();
		}

		void awaitMore(int calls) {
			int before = this.made.get();
			await().until(() -> this.made.get() >= before + calls);
		}

		void end() {
			this.running.dispose();
			assertThat(this.failures).isEmpty();
		}

	}

}
