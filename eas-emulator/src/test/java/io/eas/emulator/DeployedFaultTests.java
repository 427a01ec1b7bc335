package io.eas.emulator;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.eas.deployment.model.CheckKind;
import io.eas.emulator.instance.InstanceEvent;
import io.eas.emulator.instance.InstanceState;
import io.eas.emulator.lifecycle.LifecycleState.Phase;
import io.eas.emulator.process.ProcessStartException;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What goes wrong with services that run from a descriptor, and what must not: a process
 * too many, a process left behind, an instance that is lost.
 */
class DeployedFaultTests {

	private final List<InstanceEvent> events = new CopyOnWriteArrayList<>();

	private final List<String> output = new CopyOnWriteArrayList<>();

	@TempDir
	private Path directory;

	private EasEmulator eas;

	private EmulatedInstance instance;

	@AfterEach
	void close() {
		if (this.eas != null) {
			this.eas.close();
			soon().untilAsserted(() -> assertThat(processes()).isEmpty());
		}
	}

	@Test
	void concurrentRestartsRunOneAfterTheOther() {
		start(checked());
		CompletableFuture<Void> first = CompletableFuture.runAsync(this.instance::restart);
		CompletableFuture<Void> second = CompletableFuture.runAsync(this.instance::restart);
		assertThat(CompletableFuture.allOf(first, second)).succeedsWithin(Duration.ofSeconds(30));
		assertThat(phases()).containsSubsequence(Phase.STOPPED, Phase.READY, Phase.STOPPED, Phase.READY);
		assertThat(processes()).hasSize(1);
	}

	@Test
	void aRestartSurvivesTheCallerWhoHangsUp() throws Exception {
		start(checked().gracePeriod(10), (deployment) -> deployment.environment(Map.of("DRAIN_MILLIS", "1500")));
		RawCall call = new RawCall(this.eas.adminPort()).send("POST", "/services/mnist/instances/0/restart");
		soon().until(() -> phases().contains(Phase.STOPPING));
		call.close();
		soon().until(() -> Collections.frequency(phases(), Phase.READY) == 2);
		assertThat(phases()).containsSubsequence(Phase.STOPPING, Phase.STOPPED, Phase.WAITING, Phase.READY)
			.doesNotContain(Phase.KILLED);
		assertThat(processes()).hasSize(1);
	}

	@Test
	void aProgramThatAScriptHasStartedEndsWithTheScript() throws Exception {
		Path script = Files.writeString(this.directory.resolve("wrap.sh"), ProbedModel.command() + "\necho over\n");
		start(checked().command("sh " + script));
		assertThat(processes()).hasSize(2);
		ProcessHandle.of(this.instance.pid().orElseThrow()).orElseThrow().destroyForcibly();
		soon().until(() -> this.instance.lifecycle().orElseThrow().restarts() == 1 && this.instance.listed());
		assertThat(processes()).hasSize(2);
		this.instance.restart();
		assertThat(processes()).hasSize(2);
	}

	@Test
	void whatCannotBeStartedSaysWhy() {
		assertThatExceptionOfType(ProcessStartException.class)
			.isThrownBy(() -> start(checked(), (deployment) -> deployment.directory(this.directory.resolve("none"))))
			.withMessageContaining("cannot be started; mnist-0: cannot start \"sh -c exec ")
			.withMessageContaining("No such file or directory");
	}

	@Test
	void processThatCouldNotStartAtFirstIsCheckedOnceItRuns() throws Exception {
		Path late = this.directory.resolve("late");
		start(checked(), (deployment) -> deployment.directory(late).waitUntilReady(false));
		soon().until(() -> phases().contains(Phase.BACKING_OFF));
		assertThat(this.instance.startFailure()).isPresent();
		Files.createDirectory(late);
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(this.instance::listed);
		assertThat(this.instance.startFailure()).isEmpty();
		assertThat(this.instance.lifecycle().orElseThrow().lastResults()).containsKey(CheckKind.READINESS);
	}

	@Test
	void theExitCodeOfAProgramThatRanIsNoFailureToStartIt() {
		start(Descriptors.mnist().command("sh -c 'sleep 2.5; exit 127'"));
		soon().until(() -> this.instance.lifecycle().orElseThrow().restarts() == 1);
		assertThat(this.instance.startFailure()).isEmpty();
	}

	@Test
	void killReturnsOnceTheInstanceIsGone() {
		start(checked());
		long pid = this.instance.pid().orElseThrow();
		this.instance.kill();
		assertThat(this.instance.listed()).isFalse();
		assertThat(ProcessHandle.of(pid).filter(Processes::runs)).isEmpty();
		this.instance.awaitReady();
		assertThat(this.instance.listed()).isTrue();
	}

	@Test
	void aRestartEndsEveryFault() throws Exception {
		start(checked());
		this.instance.refuse();
		assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> new RawCall(this.instance.port()));
		this.instance.restart();
		assertThat(this.instance.state()).isEqualTo(InstanceState.RUNNING);
		soon().ignoreExceptions().until(() -> Http.get(this.instance.address(), "/").statusCode() == 200);
	}

	@Test
	void instanceHealedWhileDownRestartsWithoutFault() throws Exception {
		start(checked());
		this.instance.refuse();
		this.instance.kill();
		this.instance.heal();
		this.instance.awaitReady();
		assertThat(this.instance.state()).isEqualTo(InstanceState.RUNNING);
		soon().ignoreExceptions().until(() -> Http.get(this.instance.address(), "/").statusCode() == 200);
	}

	@Test
	void restartKillsAFrozenInstanceAfterTheGracePeriod() {
		start(checked());
		this.instance.freeze();
		this.instance.restart();
		assertThat(this.instance.state()).isEqualTo(InstanceState.RUNNING);
		assertThat(this.events).filteredOn((event) -> event.to().phase() == Phase.STOPPED)
			.extracting(InstanceEvent::reason)
			.containsExactly("ended by signal 9");
	}

	@Test
	void withoutEnableSigtermItEndsWithoutNotice() throws IOException {
		start(checked().withoutSigterm());
		this.eas.service("mnist").scale(0);
		assertThat(this.output).contains("listening").doesNotContain("draining");
		assertThat(this.events.get(this.events.size() - 1).reason()).isEqualTo("ended by signal 9");
	}

	@Test
	void anInterruptedThreadThatClosesTheEmulatorLeavesNothingBehind() {
		start(checked());
		ProcessHandle process = ProcessHandle.of(this.instance.pid().orElseThrow()).orElseThrow();
		Thread.currentThread().interrupt();
		this.eas.close();
		assertThat(Thread.interrupted()).isTrue();
		assertThat(Processes.runs(process)).isFalse();
	}

	@Test
	void closingTheEmulatorEndsAChangeThatIsUnderWay() {
		start(checked(), (deployment) -> deployment.environment(Map.of("STARTUP_MILLIS", "1000")));
		CompletableFuture<Void> change = CompletableFuture.runAsync(() -> this.eas.service("mnist").scale(3));
		soon().until(() -> this.eas.service("mnist").instances().size() == 2);
		this.eas.close();
		assertThat(change).failsWithin(Duration.ofSeconds(10))
			.withThrowableThat()
			.havingRootCause()
			.isInstanceOf(IllegalStateException.class);
	}

	private static Descriptors checked() {
		return Descriptors.mnist().check(CheckKind.STARTUP, "/livez", 30).check(CheckKind.READINESS, "/readyz", 2);
	}

	private void start(Descriptors descriptor) {
		start(descriptor, (deployment) -> {
		});
	}

	private void start(Descriptors descriptor, Consumer<DeploymentBuilder> deployment) {
		this.eas = EasEmulator.builder()
			.deploy(descriptor.build(),
					deployment
						.andThen((more) -> more.output((name, line) -> this.output.add(line)).events(this.events::add)))
			.build();
		this.instance = this.eas.service("mnist").instance(0);
		this.eas.start();
	}

	private List<Phase> phases() {
		return this.events.stream().map((event) -> event.to().phase()).toList();
	}

	private static List<ProcessHandle> processes() {
		return ProcessHandle.current().descendants().filter(Processes::runs).toList();
	}

	private static ConditionFactory soon() {
		return Awaitility.await().atMost(Duration.ofSeconds(20));
	}

}
