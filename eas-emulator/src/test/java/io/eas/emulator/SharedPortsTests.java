package io.eas.emulator;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.eas.deployment.model.CheckKind;
import io.eas.deployment.model.CheckMethod;
import io.eas.deployment.model.OtherKeys;
import io.eas.emulator.net.FreePort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Second ports, which the instances of a descriptor, and services, can't share.
 */
class SharedPortsTests {

	private final int port = FreePort.find();

	@RegisterExtension
	private final Deployed deployed = new Deployed();

	@ParameterizedTest
	@ValueSource(strings = { "/scale?instances=2", "/scale?instances=3", "/rollout", "/instances" })
	void noSecondInstanceIsAddedIfTheCheckedPortCannotBeReplaced(String change) throws Exception {
		startOnUnnamedPort();
		EmulatedInstance first = this.deployed.instance();
		HttpResponse<String> refused = Http.send(
				Http.admin(this.deployed.eas().adminPort(), "/services/mnist" + change).POST(BodyPublishers.noBody()));
		assertThat(refused.statusCode()).isEqualTo(409);
		assertThat(refused.body()).contains("containers[0].health_check.http_get.port is " + this.port)
			.contains("such as MANAGEMENT_SERVER_PORT=" + this.port);
		assertThat(this.deployed.service().instances()).containsExactly(first);
		assertThat(this.deployed.output()).filteredOn("starting"::equals).hasSize(1);
	}

	@Test
	void scalingFromZeroToTwoIsRefusedIfTheCheckedPortCannotBeReplaced() {
		startOnUnnamedPort();
		this.deployed.service().scale(0);
		assertThatIllegalStateException().isThrownBy(() -> this.deployed.service().scale(2));
		assertThat(this.deployed.service().instances()).isEmpty();
		this.deployed.service().scale(1);
		assertThat(this.deployed.listed()).isEqualTo(1);
	}

	private void startOnUnnamedPort() {
		this.deployed.start(Descriptors.mnist().check(CheckKind.READINESS, managed(), 3),
				(deployment) -> deployment.environment(Map.of("HARD_CODED", String.valueOf(this.port))));
	}

	@Test
	void servicesWithTheSameSecondPortRunSideBySide() {
		List<String> output = new CopyOnWriteArrayList<>();
		EmulatorBuilder builder = EasEmulator.builder();
		for (String name : List.of("one", "other")) {
			builder.deploy(Descriptors.mnist()
				.name(name)
				.command(ProbedModel.command() + " --management.server.port=" + this.port)
				.check(CheckKind.READINESS, managed(), 3)
				.build(), (deployment) -> deployment.output((instance, line) -> output.add(line)));
		}
		try (EasEmulator eas = builder.build().start()) {
			assertThat(eas.services()).allMatch((service) -> service.instance(0).listed());
			assertThat(output).filteredOn((line) -> line.startsWith("managed at "))
				.hasSize(2)
				.doesNotHaveDuplicates()
				.containsOnlyOnce("managed at " + this.port);
		}
	}

	private CheckMethod managed() {
		return new CheckMethod.HttpGet("/manage", this.port, OtherKeys.NONE);
	}

}
