package io.eas.emulator;

import java.net.ConnectException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.eas.emulator.instance.InstanceEvent;
import io.eas.emulator.instance.InstanceState;
import io.eas.emulator.lifecycle.LifecycleState.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * An instance is restarted or killed, and no process is one too many or left behind.
 */
class DeployedRestartTests {

	@RegisterExtension
	private final Deployed deployed = new Deployed();

	@Test
	void restartEndsTheProcessAsEasDoesAndKeepsThePort() {
		this.deployed.start(Descriptors.threeChecks());
		int port = this.deployed.instance().port();
		long pid = this.deployed.pid();
		this.deployed.instance().restart();
		assertThat(this.deployed.instance().port()).isEqualTo(port);
		assertThat(this.deployed.pid()).isNotEqualTo(pid);
		assertThat(this.deployed.listed()).isEqualTo(1);
		assertThat(this.deployed.output()).containsSubsequence("listening", "draining", "starting");
		assertThat(this.deployed.phases()).containsSubsequence(Phase.READY, Phase.STOPPING, Phase.STOPPED,
				Phase.WAITING, Phase.READY);
	}

	@Test
	void concurrentRestartsRunOneAfterTheOther() {
		this.deployed.start(Descriptors.startupAndReadiness());
		CompletableFuture<Void> first = CompletableFuture.runAsync(this.deployed.instance()::restart);
		CompletableFuture<Void> second = CompletableFuture.runAsync(this.deployed.instance()::restart);
		assertThat(CompletableFuture.allOf(first, second)).succeedsWithin(Duration.ofSeconds(30));
		assertThat(this.deployed.phases()).containsSubsequence(Phase.STOPPED, Phase.READY, Phase.STOPPED, Phase.READY);
		assertThat(Deployed.processes()).hasSize(1);
	}

	@Test
	void restartCompletesAlthoughTheCallerHasDisconnected() throws Exception {
		this.deployed.start(Descriptors.startupAndReadiness().gracePeriod(10),
				(deployment) -> deployment.environment(Map.of("DRAIN_MILLIS", "1500")));
		RawCall call = new RawCall(this.deployed.eas().adminPort()).send("POST", "/services/mnist/instances/0/restart",
				"Host: localhost", "X-Eas-Admin: 1");
		Deployed.soon().until(() -> this.deployed.phases().contains(Phase.STOPPING));
		call.close();
		Deployed.soon().until(() -> Collections.frequency(this.deployed.phases(), Phase.READY) == 2);
		assertThat(this.deployed.phases())
			.containsSubsequence(Phase.STOPPING, Phase.STOPPED, Phase.WAITING, Phase.READY)
			.doesNotContain(Phase.KILLED);
		assertThat(Deployed.processes()).hasSize(1);
	}

	@Test
	void killReturnsOnceTheInstanceIsGone() {
		this.deployed.start(Descriptors.startupAndReadiness());
		long pid = this.deployed.pid();
		this.deployed.instance().kill();
		assertThat(this.deployed.instance().listed()).isFalse();
		assertThat(ProcessHandle.of(pid).filter(Processes::runs)).isEmpty();
		this.deployed.instance().awaitReady();
		assertThat(this.deployed.instance().listed()).isTrue();
	}

	@Test
	void aRestartEndsEveryFault() throws Exception {
		this.deployed.start(Descriptors.startupAndReadiness());
		this.deployed.instance().refuse();
		assertThatExceptionOfType(ConnectException.class)
			.isThrownBy(() -> new RawCall(this.deployed.instance().port()));
		this.deployed.instance().restart();
		assertThat(this.deployed.instance().state()).isEqualTo(InstanceState.RUNNING);
		Deployed.soon()
			.ignoreExceptions()
			.until(() -> Http.get(this.deployed.instance().address(), "/").statusCode() == 200);
	}

	@Test
	void restartKillsAFrozenInstanceAfterTheGracePeriod() {
		this.deployed.start(Descriptors.startupAndReadiness());
		this.deployed.instance().freeze();
		this.deployed.instance().restart();
		assertThat(this.deployed.instance().state()).isEqualTo(InstanceState.RUNNING);
		assertThat(this.deployed.events()).filteredOn((event) -> event.to().phase() == Phase.STOPPED)
			.extracting(InstanceEvent::reason)
			.containsExactly("ended by signal 9");
	}

}
