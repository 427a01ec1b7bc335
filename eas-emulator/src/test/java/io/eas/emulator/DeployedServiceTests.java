package io.eas.emulator;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.eas.deployment.model.CheckKind;
import io.eas.deployment.model.CheckMethod;
import io.eas.deployment.model.OtherKeys;
import io.eas.emulator.instance.InstanceState;
import io.eas.emulator.lifecycle.LifecycleState.Phase;
import io.eas.emulator.lifecycle.LifecycleState;
import io.eas.emulator.lifecycle.StateText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Which instances of a service that runs from a descriptor are listed, and which are
 * killed: with real processes and checks every second.
 */
class DeployedServiceTests {

	@RegisterExtension
	private final Deployed deployed = new Deployed();

	@Test
	void listsExactlyTheInstancesThatAreReady() throws Exception {
		this.deployed.start(Descriptors.threeChecks().instances(2));
		assertThat(this.deployed.listed()).isEqualTo(2);
		tell(0, "/readyz?503");
		Deployed.soon().until(() -> this.deployed.listed() == 1);
		assertThat(this.deployed.instance().listed()).isFalse();
		assertThat(this.deployed.instance().state()).isEqualTo(InstanceState.RUNNING);
		Deployed.soon()
			.untilAsserted(
					() -> assertThat(this.deployed.lastReason()).isEqualTo("health_check: GET /readyz answered 503"));
		tell(0, "/readyz?200");
		Deployed.soon().until(() -> this.deployed.listed() == 2);
		assertThat(this.deployed.instance().lifecycle().orElseThrow().restarts()).isZero();
	}

	@Test
	void leavesDiscoveryAfterThresholdFailures() throws Exception {
		this.deployed.start(Descriptors.threeChecks().instances(2));
		tell(0, "/readyz?503");
		Deployed.soon().until(() -> this.deployed.listed() == 1);
		// the second makes it not ready, and that asks for a third out of turn
		assertThat(this.deployed.output()).filteredOn("GET /readyz 503"::equals).hasSizeGreaterThanOrEqualTo(2);
		// a period is a second, and the rest is a busy machine's
		List<Duration> failed = this.deployed.times("GET /readyz 503");
		assertThat(failed.get(1).minus(failed.get(0))).isLessThan(Duration.ofSeconds(1 + 5));
		assertThat(this.deployed.phases()).last().isEqualTo(Phase.NOT_READY);
	}

	@Test
	void hangingInstanceIsKilledByLivenessAndRestarted() throws Exception {
		this.deployed.start(Descriptors.threeChecks());
		long pid = this.deployed.pid();
		this.deployed.instance().freeze();
		assertThat(this.deployed.instance().state()).isEqualTo(InstanceState.FROZEN);
		Deployed.soon().until(() -> this.deployed.phases().contains(Phase.KILLED));
		assertThat(this.deployed.reason(Phase.KILLED)).contains("liveness")
			.contains("GET /livez: no whole answer within 1 s");
		Deployed.soon().until(() -> this.deployed.listed() == 1 && this.deployed.pid() != pid);
		assertThat(Http.post(this.deployed.instance().address(), "/api/predict/mnist", "7").body()).isEqualTo("7");
		assertThat(this.deployed.instance().lifecycle().orElseThrow().restarts()).isEqualTo(1);
	}

	@Test
	void crashedInstanceRestartsAtOnceAndBacksOffTheSecondTime() throws Exception {
		this.deployed.start(Descriptors.startupAndReadiness());
		crash();
		Deployed.soon().until(() -> this.deployed.phases().contains(Phase.WAITING));
		Deployed.soon().until(() -> this.deployed.listed() == 1);
		assertThat(this.deployed.phases()).doesNotContain(Phase.BACKING_OFF);
		assertThat(this.deployed.reason(Phase.WAITING)).isEqualTo("exit code 3; starts again at once");
		crash();
		Deployed.soon().until(() -> this.deployed.phases().contains(Phase.BACKING_OFF));
		assertThat(this.deployed.listed()).isZero();
		assertThat(this.deployed.instance().state()).isEqualTo(InstanceState.DEAD);
		assertThatExceptionOfType(ConnectException.class)
			.isThrownBy(() -> new RawCall(this.deployed.instance().port()));
		assertThat(this.deployed.reason(Phase.BACKING_OFF)).isEqualTo("exit code 3; starts again in 10 s");
		LifecycleState pause = this.deployed.event(Phase.BACKING_OFF).to();
		assertThat(Duration.between(pause.since(), pause.until())).isEqualTo(Duration.ofSeconds(10));
	}

	@Test
	void startupCheckProtectsASlowStart() {
		this.deployed.start(Descriptors.mnist()
			.check(CheckKind.STARTUP, "/livez", 30)
			.check(CheckKind.LIVENESS, "/livez", 2)
			.check(CheckKind.READINESS, "/readyz", 2), slow());
		assertThat(this.deployed.listed()).isEqualTo(1);
		assertThat(this.deployed.phases()).containsSubsequence(Phase.STARTING, Phase.READY)
			.doesNotContain(Phase.KILLED);
	}

	@Test
	void slowStartIsKilledByLivenessWithoutAStartupCheck() {
		this.deployed.start(
				Descriptors.mnist().check(CheckKind.LIVENESS, "/livez", 2).check(CheckKind.READINESS, "/readyz", 2),
				slow().andThen((deployment) -> deployment.waitUntilReady(false)));
		Deployed.soon().until(() -> this.deployed.phases().contains(Phase.KILLED));
		assertThat(this.deployed.reason(Phase.KILLED)).contains("liveness").contains("onnection refused");
		assertThat(this.deployed.phases()).doesNotContain(Phase.READY);
	}

	@Test
	void instanceThatNeverPassesReadinessIsNeverListed() throws Exception {
		// as the vendor's sample, whose handler reads a body that a GET doesn't have
		this.deployed.start(Descriptors.mnist()
			.check(CheckKind.LIVENESS, new CheckMethod.TcpSocket(8000, OtherKeys.NONE), 30)
			.check(CheckKind.READINESS, "/readyz?500", 1), (deployment) -> deployment.waitUntilReady(false));
		Deployed.soon().until(() -> this.deployed.output().contains("/readyz?500"));
		assertThat(this.deployed.instance().lifecycle().orElseThrow().isReady()).isFalse();
		assertThat(this.deployed.listed()).isZero();
		assertThat(Http.post(this.deployed.eas().endpoint(), "/api/predict/mnist", "").statusCode()).isEqualTo(503);
	}

	@Test
	void execChecksRunPrograms() {
		this.deployed.start(Descriptors.mnist()
			.check(CheckKind.READINESS,
					new CheckMethod.Exec(List.of("sh", "-c", "test $PORT = ${PORT}"), OtherKeys.NONE), 1));
		assertThat(this.deployed.listed()).isEqualTo(1);
	}

	@Test
	void withoutChecksItIsListedOnceItsPortAcceptsConnections() throws Exception {
		this.deployed.start(Descriptors.mnist(), slow().andThen((deployment) -> deployment.waitUntilReady(false)));
		Deployed.soon().until(() -> this.deployed.output().contains("starting"));
		assertThat(this.deployed.listed()).isZero();
		Deployed.soon().until(() -> this.deployed.listed() == 1);
		assertThat(this.deployed.output()).contains("listening");
		Deployed.soon()
			.untilAsserted(
					() -> assertThat(this.deployed.lastReason()).startsWith("health_check: connected to 127.0.0.1:"));
		assertThat(Http.post(this.deployed.eas().endpoint(), "/api/predict/mnist", "7").statusCode()).isEqualTo(200);
	}

	@Test
	void withoutChecksAnInstanceThatNeverListensIsNeverListed() throws Exception {
		this.deployed.start(Descriptors.mnist().command("sleep 100"), (deployment) -> deployment.waitUntilReady(false));
		Deployed.soon()
			.until(() -> this.deployed.instance()
				.lifecycle()
				.orElseThrow()
				.lastResults()
				.containsKey(CheckKind.READINESS));
		assertThat(StateText.of(this.deployed.instance().lifecycle().orElseThrow()))
			.isEqualTo("not ready (readiness: connection refused)");
		assertThat(this.deployed.listed()).isZero();
		assertThat(Http.post(this.deployed.eas().endpoint(), "/api/predict/mnist", "").statusCode()).isEqualTo(503);
	}

	@Test
	void withOnlyALivenessCheckReadinessIsNotChecked() {
		this.deployed.start(Descriptors.mnist()
			.command("sleep 100")
			.check(CheckKind.LIVENESS, new CheckMethod.Exec(List.of("true"), OtherKeys.NONE), 1));
		assertThat(this.deployed.listed()).isEqualTo(1);
		assertThat(this.deployed.instance().lifecycle().orElseThrow().lastResults())
			.doesNotContainKey(CheckKind.READINESS);
	}

	private void tell(int index, String uri) throws Exception {
		Http.post(this.deployed.service().instance(index).address(), uri, "");
	}

	private void crash() throws Exception {
		ProcessHandle process = ProcessHandle.of(this.deployed.pid()).orElseThrow();
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> Http.post(this.deployed.instance().address(), "/exit", ""));
		process.onExit().join();
	}

	private static Consumer<DeploymentBuilder> slow() {
		return (deployment) -> deployment.environment(Map.of("STARTUP_MILLIS", "4000"));
	}

}
