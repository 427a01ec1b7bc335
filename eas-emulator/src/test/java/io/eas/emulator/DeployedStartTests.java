package io.eas.emulator;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.eas.deployment.model.CheckKind;
import io.eas.emulator.instance.InstanceState;
import io.eas.emulator.lifecycle.LifecycleState.Phase;
import io.eas.emulator.net.FreePort;
import io.eas.emulator.process.ProcessStartException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * How instances of a service start, or why they don't.
 */
class DeployedStartTests {

	@TempDir
	private Path directory;

	@RegisterExtension
	private final Deployed deployed = new Deployed();

	@Test
	void missingCommandIsNamed() {
		assertThatExceptionOfType(ProcessStartException.class)
			.isThrownBy(() -> this.deployed.start(Descriptors.threeChecks().command("no-such-program --x")))
			.withMessageContaining("mnist-0: \"sh -c exec no-such-program --x\" cannot be started; "
					+ "it ended with exit code 127; last output: ")
			.withMessageContaining("not found");
	}

	@Test
	void startTimeoutSaysWhyTheInstanceIsNotReady() {
		assertThatExceptionOfType(ProcessStartException.class)
			.isThrownBy(() -> this.deployed.start(Descriptors.mnist().check(CheckKind.READINESS, "/readyz?503", 1),
					(deployment) -> deployment.startTimeout(Duration.ofSeconds(8))))
			.withMessageContaining(
					"was not ready within PT8S, but not ready (readiness: GET /readyz?503 answered 503)");
	}

	/** Through a shell that stays, so that it is a child that listens. */
	@ParameterizedTest
	@ValueSource(strings = { "env PORT=%s ", "sh -c 'PORT=%s $0 $@; true' " })
	@EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere nothing tells who listens")
	void programThatListensOnAnotherPortIsReported(String wrapper) {
		int port = FreePort.find();
		assertThatExceptionOfType(ProcessStartException.class)
			.isThrownBy(() -> this.deployed.start(
					Descriptors.mnist()
						.command(wrapper.formatted(port) + ProbedModel.command())
						.check(CheckKind.READINESS, "/readyz", 1),
					(deployment) -> deployment.startTimeout(Duration.ofSeconds(8))))
			.withMessageContaining("GET /readyz: connection refused; its process listens on " + port + " instead of ")
			.withMessageContaining(": have the command take ${PORT}, or read PORT or SERVER_PORT");
	}

	@Test
	void incompleteDescriptorIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.deployed.start(Descriptors.mnist().command("")))
			.withMessageStartingWith("containers[0].command is missing");
	}

	@Test
	void failedStartIsExplained() {
		assertThatExceptionOfType(ProcessStartException.class)
			.isThrownBy(() -> this.deployed.start(Descriptors.startupAndReadiness(),
					(deployment) -> deployment.directory(this.directory.resolve("none"))))
			.withMessageContaining("cannot be started; mnist-0: cannot start \"sh -c exec ")
			.withMessageContaining("No such file or directory");
	}

	@Test
	void processIsCheckedOnceItRunsAfterAFailedStart() throws Exception {
		Path late = this.directory.resolve("late");
		this.deployed.start(Descriptors.startupAndReadiness(),
				(deployment) -> deployment.directory(late).waitUntilReady(false));
		Deployed.soon().until(() -> this.deployed.phases().contains(Phase.BACKING_OFF));
		assertThat(this.deployed.instance().startFailure()).isPresent();
		Files.createDirectory(late);
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(this.deployed.instance()::listed);
		assertThat(this.deployed.instance().startFailure()).isEmpty();
		assertThat(this.deployed.instance().lifecycle().orElseThrow().lastResults()).containsKey(CheckKind.READINESS);
	}

	@Test
	void exitCodeOfAProgramThatRanIsNotAFailedStart() {
		this.deployed.start(Descriptors.mnist().command("sh -c 'sleep 2.5; exit 127'"),
				(deployment) -> deployment.waitUntilReady(false));
		Deployed.soon().until(() -> this.deployed.instance().lifecycle().orElseThrow().restarts() == 1);
		assertThat(this.deployed.instance().startFailure()).isEmpty();
	}

	@Test
	void programStartedByAScriptEndsWithTheScript() throws Exception {
		Path script = Files.writeString(this.directory.resolve("wrap.sh"), ProbedModel.command() + "\necho over\n");
		this.deployed.start(Descriptors.startupAndReadiness().command("sh " + script));
		assertThat(Deployed.processes()).hasSize(2);
		ProcessHandle.of(this.deployed.pid()).orElseThrow().destroyForcibly();
		Deployed.soon()
			.until(() -> this.deployed.instance().lifecycle().orElseThrow().restarts() == 1
					&& this.deployed.instance().listed());
		assertThat(Deployed.processes()).hasSize(2);
		this.deployed.instance().restart();
		assertThat(Deployed.processes()).hasSize(2);
	}

	@Test
	void instanceHealedWhileDownRestartsWithoutItsFault() throws Exception {
		this.deployed.start(Descriptors.startupAndReadiness());
		this.deployed.instance().refuse();
		this.deployed.instance().kill();
		this.deployed.instance().heal();
		this.deployed.instance().awaitReady();
		assertThat(this.deployed.instance().state()).isEqualTo(InstanceState.RUNNING);
		Deployed.soon()
			.ignoreExceptions()
			.until(() -> Http.get(this.deployed.instance().address(), "/").statusCode() == 200);
	}

}
