package io.eas.test.container;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import io.eas.autoconfigure.EasAutoConfiguration;
import io.eas.autoconfigure.EasConnectionDetails;
import io.eas.client.EasClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.codec.autoconfigure.CodecsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.boot.testcontainers.service.connection.ServiceConnectionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The container with the local EAS. There is no Docker here: a process runs what the
 * container would run.
 */
@Timeout(180)
class EasContainerTests {

	@Test
	void serviceConnectionNeedsNoPropertiesForTheEndpoint() {
		new ApplicationContextRunner().withUserConfiguration(Application.class)
			.withConfiguration(AutoConfigurations.of(ServiceConnectionAutoConfiguration.class,
					EasAutoConfiguration.class, CodecsAutoConfiguration.class))
			.withPropertyValues("eas.services.mnist.service-name=mnist", "eas.discovery.allowed-networks=10.0.0.0/8",
					"eas.endpoint=eas.example.com", "spring.reactor.netty.shutdown-quiet-period=50ms")
			.run((context) -> {
				assertThat(context.getBean(EasClient.class).predict("hello", String.class).block()).isEqualTo("hello");
				assertThat(context.getBean(ContainerAsProcess.class).lookUps).isOne();
				EasConnectionDetails details = context.getBean(EasConnectionDetails.class);
				assertThat(details.getEndpoint("mnist"))
					.isEqualTo("127.0.0.1:" + context.getBean(ContainerAsProcess.class).getPort());
				assertThat(details.getAllowedNetworks("mnist")).containsExactly("127.0.0.1/32");
			});
	}

	@Test
	void publishesThePortsOfInstancesUnderTheSameNumbers() {
		try (EasContainer container = onDockerAt("docker.example.com").withInstancePorts(2)
			.withCommand("--plain", "serve", "--", "python", "run")) {
			container.configure();
			container.configure();
			assertThat(container.getPortBindings()).hasSize(2).allMatch((binding) -> binding.matches("(\\d+):\\1/tcp"));
			assertThat(container.getExposedPorts()).containsExactlyInAnyOrder(8500, 8501);
			String[] command = container.getCommandParts();
			assertThat(command).startsWith("--plain", "serve", "--instance-ports")
				.endsWith("--", "python", "run")
				.hasSize(7);
			assertThat(command[3].split(",")).containsExactlyInAnyOrderElementsOf(
					container.getPortBindings().stream().map((binding) -> binding.replaceAll(":.*", "")).toList());
		}
	}

	/** Docker chooses the outer port for those without one. */
	@Test
	void publishesAllPortsOnTheLoopbackAddressOfThisMachine() {
		try (EasContainer container = onDockerAt("localhost").withInstancePorts(2)) {
			container.configure();
			List<Ports.Binding> chosen = new ArrayList<>();
			for (String each : container.getPortBindings()) {
				PortBinding binding = PortBinding.parse(each);
				assertThat(binding.getBinding().getHostIp()).as(each).isEqualTo("127.0.0.1");
				int port = binding.getExposedPort().getPort();
				if (port == 8500 || port == 8501) {
					chosen.add(binding.getBinding());
				}
				else {
					assertThat(binding.getBinding().getHostPortSpec()).isEqualTo(String.valueOf(port));
				}
			}
			assertThat(container.getPortBindings()).hasSize(4);
			assertThat(chosen).hasSize(2).extracting(Ports.Binding::getHostPortSpec).containsOnlyNulls();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "python model.py" })
	void refusesACommandWithoutASubcommand(String command) {
		try (EasContainer container = onDockerAt("localhost").withCommand(command)) {
			assertThatIllegalStateException().isThrownBy(container::configure)
				.withMessageStartingWith("the command " + List.of(container.getCommandParts())
						+ " of the local EAS contains neither serve nor run; write it as withCommand(\"serve\", ...)");
			assertThat(container.getPortBindings()).isEmpty();
		}
	}

	@Test
	void thereIsAtLeastOnePortForInstances() {
		try (EasContainer container = new EasContainer("eas-emulator")) {
			assertThatIllegalArgumentException().isThrownBy(() -> container.withInstancePorts(0))
				.withMessage("there must be at least one port for instances, was 0");
		}
	}

	private static EasContainer onDockerAt(String host) {
		return new EasContainer("eas-emulator") {

			@Override
			public String getHost() {
				return host;
			}

		};
	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		@Bean
		@ServiceConnection
		ContainerAsProcess eas() {
			ContainerAsProcess container = new ContainerAsProcess();
			container.withCommand("serve", "--service", "mnist", "--instances", "2");
			return container;
		}

	}

	/** Starts the program with the arguments that the container would get. */
	static final class ContainerAsProcess extends EasContainer {

		private Process process;

		private int port;

		private int lookUps;

		ContainerAsProcess() {
			super("eas-emulator");
		}

		@Override
		public void start() {
			configure();
			List<String> command = new ArrayList<>(List.of(
					Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
					"-cp", System.getProperty("java.class.path"), "io.eas.emulator.cli.EmulatorApplication",
					"--all-interfaces", "--admin-on-all-interfaces"));
			command.addAll(List.of(getCommandParts()));
			command.addAll(List.of("--port", "0", "--admin-port", "0", "--plain"));
			try {
				this.process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
				this.port = port(this.process.inputReader());
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		private static int port(BufferedReader output) throws IOException {
			Pattern endpoint = Pattern.compile("endpoint  127.0.0.1:(\\d+)");
			for (String line = output.readLine(); line != null; line = output.readLine()) {
				Matcher matcher = endpoint.matcher(line);
				if (matcher.find()) {
					return Integer.parseInt(matcher.group(1));
				}
			}
			throw new IllegalStateException("the program ended before it was started");
		}

		@Override
		public void stop() {
			if (this.process != null) {
				this.process.destroy();
				try {
					assertThat(this.process.waitFor(20, TimeUnit.SECONDS)).isTrue();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			}
		}

		@Override
		public boolean isRunning() {
			return this.process != null;
		}

		@Override
		public String getHost() {
			return "localhost";
		}

		@Override
		public Integer getMappedPort(int originalPort) {
			this.lookUps++;
			return this.port;
		}

	}

}
