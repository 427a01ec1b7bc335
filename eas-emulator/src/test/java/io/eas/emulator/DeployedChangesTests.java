package io.eas.emulator;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.eas.emulator.lifecycle.LifecycleState.Phase;
import io.eas.emulator.process.ProcessStartException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * A service is scaled and rolled out: instances come and go as on EAS.
 */
class DeployedChangesTests {

	private static final Set<Phase> ROLLOUT = EnumSet.of(Phase.READY, Phase.STOPPING, Phase.STOPPED);

	@TempDir
	private Path directory;

	@RegisterExtension
	private final Deployed deployed = new Deployed();

	@Test
	void scalesUpAndDownWaitingForEach() {
		this.deployed.start(Descriptors.threeChecks());
		long first = this.deployed.pid();
		this.deployed.service().scale(3);
		assertThat(this.deployed.listed()).isEqualTo(3);
		this.deployed.service().scale(1);
		assertThat(this.deployed.listed()).isEqualTo(1);
		assertThat(this.deployed.pid()).isEqualTo(first);
		assertThat(this.deployed.output()).filteredOn("draining"::equals).hasSize(2);
		assertThat(Deployed.processes()).hasSize(1);
	}

	@Test
	void rolloutReplacesInstancesOneByOneAfterTheNewOneIsReady() {
		this.deployed.start(Descriptors.threeChecks().instances(2),
				(deployment) -> deployment.environment(Map.of("DRAIN_MILLIS", "300")));
		List<EmulatedInstance> before = this.deployed.service().instances();
		this.deployed.events().clear();
		this.deployed.service().rollout();
		assertThat(this.deployed.service().instances()).hasSize(2).doesNotContainAnyElementsOf(before);
		assertThat(this.deployed.events()).filteredOn((event) -> ROLLOUT.contains(event.to().phase()))
			.extracting((event) -> event.instance() + " " + event.to().phase())
			.containsExactly("mnist-2 READY", "mnist-0 STOPPING", "mnist-0 STOPPED", "mnist-3 READY",
					"mnist-1 STOPPING", "mnist-1 STOPPED");
		assertThat(this.deployed.listed()).isEqualTo(2);
	}

	@Test
	void failedRolloutKeepsTheOtherInstances() throws Exception {
		this.deployed.start(
				Descriptors.threeChecks()
					.command("sh -c 'test ! -e ran || exit 1; touch ran; exec " + ProbedModel.command() + "'"),
				(deployment) -> deployment.directory(this.directory));
		EmulatedInstance old = this.deployed.instance();
		assertThatExceptionOfType(ProcessStartException.class).isThrownBy(this.deployed.service()::rollout)
			.withMessageContaining("keeps ending before it is ready; it ended with exit code 1");
		assertThat(this.deployed.service().instances()).containsExactly(old);
		assertThat(this.deployed.listed()).isEqualTo(1);
	}

	@Test
	void concurrentChangesAreRefused() {
		this.deployed.start(Descriptors.threeChecks(),
				(deployment) -> deployment.environment(Map.of("DRAIN_MILLIS", "800")));
		CompletableFuture<Void> rollout = CompletableFuture.runAsync(this.deployed.service()::rollout);
		Deployed.soon().until(() -> this.deployed.service().instances().size() == 2);
		assertThatIllegalStateException().isThrownBy(() -> this.deployed.service().scale(1))
			.withMessage("mnist is being scaled or rolled out; wait until that is done");
		assertThat(rollout).succeedsWithin(Duration.ofSeconds(20));
	}

	@Test
	void processThatOutlivesItsGracePeriodIsKilled() {
		this.deployed.start(Descriptors.threeChecks().instances(2),
				(deployment) -> deployment.environment(Map.of("DRAIN_MILLIS", "60000")));
		long started = System.nanoTime();
		this.deployed.service().scale(1);
		assertThat(Duration.ofNanos(System.nanoTime() - started)).isBetween(Duration.ofSeconds(1),
				Duration.ofSeconds(30));
		assertThat(this.deployed.reason(Phase.STOPPED)).isEqualTo("ended by signal 9");
	}

	@Test
	void withoutEnableSigtermInstancesAreKilledWithoutNotice() throws IOException {
		this.deployed.start(Descriptors.startupAndReadiness().withoutSigterm());
		this.deployed.service().scale(0);
		assertThat(this.deployed.output()).contains("listening").doesNotContain("draining");
		Deployed.soon().untilAsserted(() -> assertThat(this.deployed.lastReason()).isEqualTo("ended by signal 9"));
	}

	@Test
	void closingTheEmulatorEndsAChangeInProgress() {
		this.deployed.start(Descriptors.startupAndReadiness(),
				(deployment) -> deployment.environment(Map.of("STARTUP_MILLIS", "1000")));
		CompletableFuture<Void> change = CompletableFuture.runAsync(() -> this.deployed.service().scale(3));
		Deployed.soon().until(() -> this.deployed.service().instances().size() == 2);
		this.deployed.eas().close();
		assertThat(change).failsWithin(Duration.ofSeconds(10))
			.withThrowableThat()
			.havingRootCause()
			.isInstanceOf(IllegalStateException.class);
	}

	@Test
	void closingTheEmulatorOnAnInterruptedThreadLeavesNoProcessBehind() {
		this.deployed.start(Descriptors.startupAndReadiness());
		ProcessHandle process = ProcessHandle.of(this.deployed.pid()).orElseThrow();
		Thread.currentThread().interrupt();
		this.deployed.eas().close();
		assertThat(Thread.interrupted()).isTrue();
		assertThat(Processes.runs(process)).isFalse();
	}

}
