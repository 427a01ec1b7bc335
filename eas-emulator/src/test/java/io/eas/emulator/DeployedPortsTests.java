package io.eas.emulator;

import java.util.List;
import java.util.Map;

import io.eas.deployment.model.CheckKind;
import io.eas.deployment.model.CheckMethod;
import io.eas.deployment.model.OtherKeys;
import io.eas.emulator.net.FreePort;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A second port of a service whose instances come and go.
 */
class DeployedPortsTests {

	private final int port = FreePort.find();

	@RegisterExtension
	private final Deployed deployed = new Deployed();

	@BeforeEach
	void start() {
		this.deployed.start(
				Descriptors.mnist()
					.check(CheckKind.READINESS, new CheckMethod.HttpGet("/manage", this.port, OtherKeys.NONE), 1),
				(deployment) -> deployment.environment(Map.of("MANAGEMENT_SERVER_PORT", String.valueOf(this.port))));
	}

	@Test
	void additionalInstanceGetsAnotherSecondPort() {
		this.deployed.service().scale(2);
		assertThat(this.deployed.listed()).isEqualTo(2);
		assertThat(managed(2)).startsWith(this.port).doesNotHaveDuplicates();
	}

	@Test
	void restartedInstanceKeepsItsSecondPort() {
		this.deployed.instance().restart();
		this.deployed.instance().kill();
		this.deployed.instance().awaitReady();
		assertThat(managed(3)).containsExactly(this.port, this.port, this.port);
	}

	@Test
	void secondPortGoesToTheNextInstanceOnceItIsFree() {
		this.deployed.service().scale(0);
		this.deployed.service().scale(1);
		assertThat(managed(2)).containsExactly(this.port, this.port);
	}

	/** The check may pass before the line is read. */
	private List<Integer> managed(int starts) {
		return await().until(() -> this.deployed.output()
			.stream()
			.filter((line) -> line.startsWith("managed at "))
			.map((line) -> Integer.valueOf(line.substring("managed at ".length())))
			.toList(), (ports) -> ports.size() == starts);
	}

}
