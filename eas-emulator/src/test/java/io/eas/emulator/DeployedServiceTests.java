package io.eas.emulator;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.eas.deployment.model.CheckKind;
import io.eas.deployment.model.CheckMethod;
import io.eas.deployment.model.OtherKeys;
import io.eas.emulator.instance.InstanceEvent;
import io.eas.emulator.instance.InstanceState;
import io.eas.emulator.lifecycle.LifecycleState;
import io.eas.emulator.lifecycle.LifecycleState.Phase;
import io.eas.emulator.process.ProcessStartException;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Services that run from a descriptor, with real processes and checks every second.
 */
class DeployedServiceTests {

	private static final String UPSTREAMS = "/exported/apis/eas.alibaba-inc.k8s.io/v1/upstreams/mnist";

	private static final Set<Phase> ROLLOUT = EnumSet.of(Phase.READY, Phase.STOPPING, Phase.STOPPED);

	private final List<InstanceEvent> events = new CopyOnWriteArrayList<>();

	private final List<String> output = new CopyOnWriteArrayList<>();

	private final List<Long> failedCheckNanos = new CopyOnWriteArrayList<>();

	@TempDir
	private Path directory;

	private EasEmulator eas;

	private EmulatedService service;

	@AfterEach
	void close() {
		if (this.eas != null) {
			this.eas.close();
		}
	}

	@Test
	void listsExactlyTheInstancesThatAreReady() throws Exception {
		start(threeChecks().instances(2));
		assertThat(listed()).isEqualTo(2);
		tell(0, "/readyz?503");
		soon().until(() -> listed() == 1);
		assertThat(this.service.instance(0).listed()).isFalse();
		assertThat(this.service.instance(0).state()).isEqualTo(InstanceState.RUNNING);
		assertThat(this.events.get(this.events.size() - 1).reason())
			.isEqualTo("health_check: GET /readyz answered 503");
		tell(0, "/readyz?200");
		soon().until(() -> listed() == 2);
		assertThat(this.service.instance(0).lifecycle().orElseThrow().restarts()).isZero();
	}

	@Test
	void leavesDiscoveryAfterThresholdFailures() throws Exception {
		start(threeChecks().instances(2));
		tell(0, "/readyz?503");
		soon().until(() -> listed() == 1);
		assertThat(this.output).filteredOn("GET /readyz 503"::equals).hasSize(2);
		// a period is a second, and the rest is a busy machine's
		assertThat(Duration.ofNanos(this.failedCheckNanos.get(1) - this.failedCheckNanos.get(0)))
			.isLessThan(Duration.ofSeconds(1 + 5));
		assertThat(this.events.get(this.events.size() - 1).to().phase()).isEqualTo(Phase.NOT_READY);
	}

	@Test
	void hangingInstanceIsKilledByLivenessAndRestarted() throws Exception {
		start(threeChecks());
		long pid = pid();
		this.service.instance(0).freeze();
		assertThat(this.service.instance(0).state()).isEqualTo(InstanceState.FROZEN);
		soon().until(() -> phases().contains(Phase.KILLED));
		assertThat(reasons(Phase.KILLED)).contains("liveness").contains("GET /livez: no whole answer within 1 s");
		soon().until(() -> listed() == 1 && pid() != pid);
		assertThat(Http.post(address(), "/api/predict/mnist", "7").body()).isEqualTo("7");
		assertThat(this.service.instance(0).lifecycle().orElseThrow().restarts()).isEqualTo(1);
	}

	@Test
	void crashedInstanceRestartsAtOnceAndBacksOffTheSecondTime() throws Exception {
		start(threeChecks());
		crash();
		soon().until(() -> phases().contains(Phase.WAITING));
		soon().until(() -> listed() == 1);
		assertThat(phases()).doesNotContain(Phase.BACKING_OFF);
		assertThat(reasons(Phase.WAITING)).isEqualTo("exit code 3; starts again at once");
		crash();
		soon().until(() -> phases().contains(Phase.BACKING_OFF));
		assertThat(listed()).isZero();
		assertThat(this.service.instance(0).state()).isEqualTo(InstanceState.DEAD);
		assertThatExceptionOfType(ConnectException.class)
			.isThrownBy(() -> new RawCall(this.service.instance(0).port()));
		assertThat(reasons(Phase.BACKING_OFF)).isEqualTo("exit code 3; starts again in 10 s");
		LifecycleState pause = event(Phase.BACKING_OFF).to();
		assertThat(Duration.between(pause.since(), pause.until())).isEqualTo(Duration.ofSeconds(10));
	}

	@Test
	void startupCheckProtectsASlowStart() {
		start(Descriptors.mnist()
			.check(CheckKind.STARTUP, "/livez", 30)
			.check(CheckKind.LIVENESS, "/livez", 2)
			.check(CheckKind.READINESS, "/readyz", 2), slow());
		assertThat(listed()).isEqualTo(1);
		assertThat(phases()).containsSubsequence(Phase.STARTING, Phase.READY).doesNotContain(Phase.KILLED);
	}

	@Test
	void slowStartIsKilledByLivenessWithoutAStartupCheck() {
		start(Descriptors.mnist().check(CheckKind.LIVENESS, "/livez", 2).check(CheckKind.READINESS, "/readyz", 2),
				slow().andThen((deployment) -> deployment.waitUntilReady(false)));
		soon().until(() -> phases().contains(Phase.KILLED));
		assertThat(reasons(Phase.KILLED)).contains("liveness").contains("onnection refused");
		assertThat(phases()).doesNotContain(Phase.READY);
	}

	@Test
	void instanceThatNeverPassesReadinessIsNeverListed() throws Exception {
		// as the vendor's sample, whose handler reads a body that a GET doesn't have
		start(Descriptors.mnist()
			.check(CheckKind.LIVENESS, new CheckMethod.TcpSocket(8000, OtherKeys.NONE), 30)
			.check(CheckKind.READINESS, "/readyz?500", 1), (deployment) -> deployment.waitUntilReady(false));
		soon().until(() -> this.output.contains("/readyz?500"));
		assertThat(this.service.instance(0).lifecycle().orElseThrow().isReady()).isFalse();
		assertThat(listed()).isZero();
		assertThat(Http.post(this.eas.endpoint(), "/api/predict/mnist", "").statusCode()).isEqualTo(503);
	}

	@Test
	void programsAreChecksToo() {
		start(Descriptors.mnist()
			.check(CheckKind.READINESS,
					new CheckMethod.Exec(List.of("sh", "-c", "test $PORT = ${PORT}"), OtherKeys.NONE), 1));
		assertThat(listed()).isEqualTo(1);
	}

	@Test
	void withoutChecksItIsListedOnceItRuns() {
		start(Descriptors.mnist());
		assertThat(listed()).isEqualTo(1);
		assertThat(this.service.instance(0).lifecycle().orElseThrow().lastResults()).isEmpty();
	}

	@Test
	void scalesUpAndDownWaitingForEach() {
		start(threeChecks());
		long first = pid();
		this.service.scale(3);
		assertThat(listed()).isEqualTo(3);
		this.service.scale(1);
		assertThat(listed()).isEqualTo(1);
		assertThat(pid()).isEqualTo(first);
		assertThat(this.output).filteredOn("draining"::equals).hasSize(2);
		assertThat(ProcessHandle.current().descendants().filter(Processes::runs)).hasSize(1);
	}

	@Test
	void rollsOutOneByOneAndEndsNoneBeforeAnotherIsReady() {
		start(threeChecks().instances(2), (deployment) -> deployment.environment(Map.of("DRAIN_MILLIS", "300")));
		List<EmulatedInstance> before = this.service.instances();
		this.events.clear();
		this.service.rollout();
		assertThat(this.service.instances()).hasSize(2).doesNotContainAnyElementsOf(before);
		assertThat(this.events).filteredOn((event) -> ROLLOUT.contains(event.to().phase()))
			.extracting((event) -> event.instance() + " " + event.to().phase())
			.containsExactly("mnist-2 READY", "mnist-0 STOPPING", "mnist-0 STOPPED", "mnist-3 READY",
					"mnist-1 STOPPING", "mnist-1 STOPPED");
		assertThat(listed()).isEqualTo(2);
	}

	@Test
	void aRolloutThatFailsLeavesTheOthersAlone() throws Exception {
		start(threeChecks().command("sh -c 'test ! -e ran || exit 1; touch ran; exec " + ProbedModel.command() + "'"),
				(deployment) -> deployment.directory(this.directory));
		EmulatedInstance old = this.service.instance(0);
		assertThatExceptionOfType(ProcessStartException.class).isThrownBy(this.service::rollout)
			.withMessageContaining("keeps ending before it is ready; it ended with exit code 1");
		assertThat(this.service.instances()).containsExactly(old);
		assertThat(listed()).isEqualTo(1);
	}

	@Test
	void concurrentChangesAreRefused() {
		start(threeChecks(), (deployment) -> deployment.environment(Map.of("DRAIN_MILLIS", "800")));
		CompletableFuture<Void> rollout = CompletableFuture.runAsync(this.service::rollout);
		soon().until(() -> this.service.instances().size() == 2);
		assertThatIllegalStateException().isThrownBy(() -> this.service.scale(1))
			.withMessage("mnist is being scaled or rolled out; wait until that is done");
		assertThat(rollout).succeedsWithin(Duration.ofSeconds(20));
	}

	@Test
	void restartEndsTheProcessAsOnEasAndKeepsThePort() {
		start(threeChecks());
		int port = this.service.instance(0).port();
		long pid = pid();
		this.service.instance(0).restart();
		assertThat(this.service.instance(0).port()).isEqualTo(port);
		assertThat(pid()).isNotEqualTo(pid);
		assertThat(listed()).isEqualTo(1);
		assertThat(this.output).containsSubsequence("listening", "draining", "starting");
		assertThat(phases()).containsSubsequence(Phase.READY, Phase.STOPPING, Phase.STOPPED, Phase.WAITING,
				Phase.READY);
	}

	@Test
	void processThatOutlivesItsGracePeriodIsKilled() {
		start(threeChecks().instances(2), (deployment) -> deployment.environment(Map.of("DRAIN_MILLIS", "60000")));
		long started = System.nanoTime();
		this.service.scale(1);
		assertThat(Duration.ofNanos(System.nanoTime() - started)).isBetween(Duration.ofSeconds(1),
				Duration.ofSeconds(30));
		assertThat(reasons(Phase.STOPPED)).isEqualTo("ended by signal 9");
	}

	@Test
	void aCommandThatDoesNotExistIsNamed() {
		assertThatExceptionOfType(ProcessStartException.class)
			.isThrownBy(() -> start(threeChecks().command("no-such-program --x")))
			.withMessageContaining("mnist-0: \"sh -c exec no-such-program --x\" cannot be started; "
					+ "it ended with exit code 127; last output: ")
			.withMessageContaining("not found");
	}

	@Test
	void startTimeoutSaysWhyTheInstanceIsNotReady() {
		assertThatExceptionOfType(ProcessStartException.class)
			.isThrownBy(() -> start(Descriptors.mnist().check(CheckKind.READINESS, "/readyz?503", 1),
					(deployment) -> deployment.startTimeout(Duration.ofSeconds(10))))
			.withMessageContaining(
					"was not ready within PT10S, but not ready (readiness: GET /readyz?503 answered 503)");
	}

	@Test
	void aDescriptorThatSaysTooLittleIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> start(Descriptors.mnist().command("")))
			.withMessageStartingWith("containers[0].command is missing");
	}

	private static Descriptors threeChecks() {
		return Descriptors.mnist()
			.check(CheckKind.STARTUP, "/livez", 30)
			.check(CheckKind.LIVENESS, "/livez", 2)
			.check(CheckKind.READINESS, "/readyz", 2);
	}

	private static Consumer<DeploymentBuilder> slow() {
		return (deployment) -> deployment.environment(Map.of("STARTUP_MILLIS", "4000"));
	}

	private void start(Descriptors descriptor) {
		start(descriptor, (deployment) -> {
		});
	}

	private void start(Descriptors descriptor, Consumer<DeploymentBuilder> deployment) {
		this.eas = EasEmulator.builder()
			.deploy(descriptor.build(),
					deployment.andThen((more) -> more.output((name, line) -> heard(line)).events(this.events::add)))
			.build();
		this.service = this.eas.service("mnist");
		this.eas.start();
	}

	private void heard(String line) {
		if (line.equals("GET /readyz 503")) {
			this.failedCheckNanos.add(System.nanoTime());
		}
		this.output.add(line);
	}

	private int listed() {
		try {
			return Http.get(this.eas.endpoint(), UPSTREAMS).body().split("\"ip\"", -1).length - 1;
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void tell(int index, String uri) throws Exception {
		Http.post(this.service.instance(index).address(), uri, "");
	}

	private void crash() throws Exception {
		ProcessHandle process = ProcessHandle.of(pid()).orElseThrow();
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> Http.post(address(), "/exit", ""));
		process.onExit().join();
	}

	private long pid() {
		return this.service.instance(0).pid().orElse(0);
	}

	private String address() {
		return this.service.instance(0).address();
	}

	private List<Phase> phases() {
		return this.events.stream().map((event) -> event.to().phase()).toList();
	}

	private InstanceEvent event(Phase phase) {
		return this.events.stream().filter((event) -> event.to().phase() == phase).findFirst().orElseThrow();
	}

	private String reasons(Phase phase) {
		return event(phase).reason();
	}

	private static ConditionFactory soon() {
		return Awaitility.await().atMost(Duration.ofSeconds(20));
	}

}
