package io.eas.emulator;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.eas.deployment.model.CheckKind;
import io.eas.deployment.model.CheckMethod;
import io.eas.deployment.model.OtherKeys;
import io.eas.deployment.model.Timings;
import io.eas.emulator.lifecycle.LifecycleState.Phase;
import io.eas.emulator.probe.ProbeResult;
import io.eas.test.RawServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where the kubelet is finer than one expects: with real processes.
 */
class DeployedProbeTests {

	/** Longer than any of these tests takes. */
	private static final Timings EVERY_MINUTE = new Timings(0, 60, 1, 1, 1);

	private static final Map<String, String> SLOW_TO_END = Map.of("DRAIN_MILLIS", "15000");

	@RegisterExtension
	private final Deployed deployed = new Deployed();

	@Test
	void instanceKilledByLivenessStaysListedUntilItsProcessHasEnded() throws Exception {
		startThreeChecksThatEndSlowly(15);
		tell("/livez?503");
		Deployed.soon().until(() -> this.deployed.phases().contains(Phase.KILLED));
		assertThat(this.deployed.listed()).isEqualTo(1);
		int checks = readinessChecks();
		Deployed.soon().until(() -> readinessChecks() > checks);
		assertThat(this.deployed.phases()).last().isEqualTo(Phase.KILLED);
		this.deployed.instance().kill();
		Deployed.soon().until(() -> this.deployed.phases().contains(Phase.WAITING));
		Deployed.soon().until(() -> this.deployed.phases().lastIndexOf(Phase.READY) > 2);
	}

	@Test
	void instanceBeingKilledIsUnlistedOnceItsReadinessCheckFails() throws Exception {
		startThreeChecksThatEndSlowly(15);
		tell("/livez?503");
		Deployed.soon().until(() -> this.deployed.phases().contains(Phase.KILLED));
		tell("/readyz?503");
		Deployed.soon().until(() -> this.deployed.listed() == 0);
		assertThat(this.deployed.phases()).last().isEqualTo(Phase.KILLED);
		tell("/readyz?200");
		Deployed.soon().until(() -> this.deployed.listed() == 1);
		assertThat(this.deployed.phases()).last().isEqualTo(Phase.KILLED);
		this.deployed.instance().kill();
	}

	@Test
	void readinessIsCheckedOnceTheStartupCheckHasPassed() {
		this.deployed.start(Descriptors.mnist()
			.check(CheckKind.STARTUP, "/livez", 30)
			.check(CheckKind.READINESS, new CheckMethod.HttpGet("/readyz", 8000, OtherKeys.NONE), EVERY_MINUTE));
		assertThat(this.deployed.listed()).isEqualTo(1);
		Deployed.soon().until(() -> readinessChecks() == 1);
	}

	@Test
	void readinessIsCheckedOnceARestartedProcessRuns() {
		this.deployed
			.start(Descriptors.mnist().command("sleep 100").check(CheckKind.READINESS, run("true"), EVERY_MINUTE));
		long pid = this.deployed.pid();
		this.deployed.instance().kill();
		Deployed.soon().until(() -> this.deployed.listed() == 1 && this.deployed.pid() != pid);
	}

	@Test
	void aRestartedProcessIsFirstCheckedWithTheNextTick() {
		this.deployed.start(Descriptors.mnist()
			.command("sleep 100")
			.check(CheckKind.LIVENESS, run("true"), EVERY_MINUTE)
			.check(CheckKind.READINESS, run("true"), EVERY_MINUTE));
		Deployed.soon().until(() -> checked().contains(CheckKind.LIVENESS));
		this.deployed.instance().kill();
		Deployed.soon().until(() -> checked().contains(CheckKind.READINESS));
		assertThat(this.deployed.instance().lifecycle().orElseThrow().restarts()).isEqualTo(1);
		assertThat(checked()).containsExactly(CheckKind.READINESS); // out of turn
	}

	@Test
	void responseWithASlowBodyDoesNotKillTheInstance() throws Exception {
		try (RawServer server = RawServer.answering("HTTP/1.1 503 X\r\nContent-Length: 10\r\n\r\nslow")) {
			startWithLivenessAt(server);
			Deployed.soon().until(() -> server.requests().size() > 1);
			assertThat(this.deployed.phases()).doesNotContain(Phase.KILLED);
			assertThat(this.deployed.instance().lifecycle().orElseThrow().lastResults().get(CheckKind.LIVENESS))
				.isInstanceOf(ProbeResult.Discarded.class);
		}
	}

	@Test
	void responseWithoutAHeaderInTimeKillsTheInstance() throws Exception {
		try (RawServer server = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n")) {
			startWithLivenessAt(server);
			Deployed.soon().until(() -> this.deployed.phases().contains(Phase.KILLED));
			assertThat(this.deployed.reason(Phase.KILLED))
				.isEqualTo("liveness_check failed: GET /: no whole answer within 3 s");
		}
	}

	private void startWithLivenessAt(RawServer server) {
		this.deployed.start(Descriptors.mnist()
			.command("sleep 100")
			.check(CheckKind.LIVENESS, new CheckMethod.HttpGet("/", server.port(), OtherKeys.NONE),
					new Timings(0, 1, 3, 1, 1)));
	}

	@Test
	void firstTwoRestartsAfterFailedChecksHaveNoPause() {
		this.deployed.start(Descriptors.mnist().command("sleep 100").check(CheckKind.LIVENESS, run("false"), 1),
				(deployment) -> deployment.waitUntilReady(false));
		Deployed.soon().until(() -> this.deployed.phases().contains(Phase.BACKING_OFF));
		assertThat(this.deployed.instance().lifecycle().orElseThrow().run()).isEqualTo(3);
		assertThat(this.deployed.reason(Phase.BACKING_OFF))
			.isEqualTo("liveness_check failed: exit code 1; starts again in 10 s");
	}

	private void startThreeChecksThatEndSlowly(int gracePeriod) {
		this.deployed.start(Descriptors.threeChecks().gracePeriod(gracePeriod),
				(deployment) -> deployment.environment(SLOW_TO_END));
	}

	private void tell(String uri) throws Exception {
		Http.post(this.deployed.instance().address(), uri, "");
	}

	private int readinessChecks() {
		return (int) this.deployed.output().stream().filter((line) -> line.startsWith("GET /readyz ")).count();
	}

	private Set<CheckKind> checked() {
		return this.deployed.instance().lifecycle().orElseThrow().lastResults().keySet();
	}

	private static CheckMethod run(String program) {
		return new CheckMethod.Exec(List.of(program), OtherKeys.NONE);
	}

}
