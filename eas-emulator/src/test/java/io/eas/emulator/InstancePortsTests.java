package io.eas.emulator;

import java.net.ConnectException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import io.eas.emulator.net.FreePort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The ports that instances take, and the interfaces on which they listen.
 */
@Timeout(60)
class InstancePortsTests {

	/** More than a test needs, in case another program takes one. */
	private final List<Integer> ports = Stream.generate(FreePort::find).limit(5).toList();

	@Test
	void rolloutReusesThePortsOfEndedInstances() throws Exception {
		try (EasEmulator eas = start(2)) {
			EmulatedService mnist = eas.service("mnist");
			for (int n = 0; n < 3; n++) {
				mnist.rollout();
				assertThat(mnist.instances()).extracting(EmulatedInstance::port).isSubsetOf(this.ports);
				assertThat(Http.get(mnist.instance(1).address(), "/").statusCode()).isEqualTo(200);
			}
		}
	}

	@Test
	void refusesAnInstanceForWhichNoPortIsLeft() throws Exception {
		try (EasEmulator eas = start(1)) {
			EmulatedService mnist = eas.service("mnist");
			assertThatIllegalStateException().isThrownBy(() -> mnist.scale(6))
				.withMessage("no port is left for another instance: all 5 ports from " + Collections.min(this.ports)
						+ " to " + Collections.max(this.ports)
						+ " are taken; give more ports, one more than there are instances for a rollout");
			assertThat(Http.send(Http.admin(eas.adminPort(), "/services/mnist/rollout").POST(BodyPublishers.noBody()))
				.statusCode()).isEqualTo(409);
			mnist.scale(2);
			assertThat(Http.get(mnist.instance(1).address(), "/").statusCode()).isEqualTo(200);
		}
	}

	@Test
	@EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere only one loopback address is set up")
	void listensOnOneAddressByDefault() {
		try (EasEmulator eas = start(1)) {
			for (int port : List.of(eas.port(), eas.adminPort(), eas.service("mnist").instance(0).port())) {
				assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> new Socket("127.0.0.2", port));
			}
		}
	}

	@Test
	void refusesPortsThatNoInstanceCanListenOn() {
		assertThatIllegalArgumentException().isThrownBy(() -> EasEmulator.builder().instancePorts(List.of()));
		assertThatIllegalArgumentException().isThrownBy(() -> EasEmulator.builder().instancePorts(List.of(9000, 0)))
			.withMessage("the port of an instance must be between 1 and 65535, was 0");
	}

	@Test
	void refusesAPortForTwoUses() {
		EmulatorBuilder builder = EasEmulator.builder().instancePorts(List.of(9000, 9001));
		assertThatIllegalArgumentException().isThrownBy(builder.port(9001)::build)
			.withMessage("9001 is the port of discovery and gateway (--port), and one of the ports of instances "
					+ "(--instance-ports), too; choose another port for one of them");
		assertThatIllegalArgumentException().isThrownBy(builder.port(0).adminPort(9000)::build)
			.withMessageStartingWith("9000 is the port of the admin interface (--admin-port), and");
		builder.admin(false).build().close();
	}

	private EasEmulator start(int instances) {
		return EasEmulator.builder()
			.instancePorts(this.ports)
			.service("mnist",
					(service) -> service.instances(instances, (instance) -> instance.handler(EmulatedHandler.echo())))
			.build()
			.start();
	}

}
