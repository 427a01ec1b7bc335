package io.eas.autoconfigure;

import java.util.List;
import java.util.stream.Stream;

import io.eas.server.ServedApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.ConfigurableWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Where a server on EAS must not listen, on Tomcat and on Netty.
 */
@ExtendWith(OutputCaptureExtension.class)
class ServerGuardTests {

	private static final String PORT = " must not be 8080 or 9090, which belong to the engine of EAS, was ";

	private static final String ADDITIONAL = "management.endpoint.health.probes.add-additional-paths=true";

	private static final String ADDRESS = " must be an address that EAS reaches from outside of the container, was ";

	static Stream<Arguments> refused() {
		return Stream
			.of(Arguments.of("server.port=8080", "server.port" + PORT + "8080",
					"Set server.port to another one, such as 8000, and let service.json name the same."),
					Arguments.of("server.port=9090", "server.port" + PORT + "9090",
							"Set server.port to another one, such as 8000, and let service.json name the same."),
					Arguments.of("server.port=", "server.port" + PORT + "8080 (the default)",
							"Set server.port to another one, such as 8000, and let service.json name the same."),
					Arguments.of("management.server.port=9090", "management.server.port" + PORT + "9090",
							"Set management.server.port to another one, such as 8000, and let service.json name the "
									+ "same."),
					Arguments.of("eas.server.allow-loopback=false", "server.address" + ADDRESS + "127.0.0.1",
							"Set server.address to 0.0.0.0, or remove it. On a machine of your own, set "
									+ "eas.server.allow-loopback to true."))
			.flatMap((arguments) -> Stream.of(WebApplicationType.REACTIVE, WebApplicationType.SERVLET)
				.map((type) -> Arguments.of(type, arguments.get()[0], arguments.get()[1], arguments.get()[2])));
	}

	@ParameterizedTest
	@MethodSource("refused")
	void invalidAddressIsRejectedWithPropertyValueAndRemedy(WebApplicationType type, String property,
			String description, String action, CapturedOutput output) {
		fails(type, List.of(), property);
		assertThat(output).containsSubsequence("APPLICATION FAILED TO START", description + System.lineSeparator(),
				"Action:", action);
		assertThat(output).doesNotContain("started on port");
	}

	@Test
	void loopbackAddressOfManagementServerIsRejected(CapturedOutput output) {
		fails(WebApplicationType.REACTIVE, List.of(), "server.address=0.0.0.0", "eas.server.allow-loopback=false",
				"management.server.port=0", "management.server.address=localhost");
		assertThat(output).contains("management.server.address" + ADDRESS + "127.0.0.1")
			.contains("Set management.server.address to 0.0.0.0, or remove it, or set "
					+ "management.endpoint.health.probes.add-additional-paths to true, which moves the probes to the "
					+ "server's own port. On a machine of your own, set eas.server.allow-loopback to true.");
	}

	static Stream<Arguments> elsewhere() {
		return Stream
			.of(List.of(ADDITIONAL), List.of("eas.server.liveness-path=/work", "eas.server.readiness-path=/work"),
					List.of("eas.server.probes=false"))
			.flatMap((properties) -> Stream.of(WebApplicationType.REACTIVE, WebApplicationType.SERVLET)
				.map((type) -> Arguments.of(type, properties)));
	}

	@ParameterizedTest
	@MethodSource("elsewhere")
	void privateManagementServerIsAcceptedIfNoProbeUsesIt(WebApplicationType type, List<String> properties) {
		try (ConfigurableApplicationContext context = ServedApplication.start(type, List.of(),
				privateActuator(properties.toArray(String[]::new)))) {
			assertThat(context.isActive()).isTrue();
		}
	}

	@Test
	void privateManagementServerIsRejectedIfAProbeUsesIt(CapturedOutput output) {
		fails(WebApplicationType.REACTIVE, List.of(), privateActuator("eas.server.liveness-path=/work"));
		assertThat(output).contains("management.server.address" + ADDRESS + "127.0.0.1");
	}

	@Test
	void portsOfTheEngineAreRejectedForPrivateManagementServerToo(CapturedOutput output) {
		fails(WebApplicationType.REACTIVE, List.of(), privateActuator(ADDITIONAL, "management.server.port=9090"));
		assertThat(output).contains("management.server.port" + PORT + "9090");
	}

	private static String[] privateActuator(String... more) {
		return Stream.concat(Stream.of("server.address=0.0.0.0", "eas.server.allow-loopback=false",
				"management.server.port=0", "management.server.address=127.0.0.1"), Stream.of(more))
			.toArray(String[]::new);
	}

	@Test
	void originOfTheValueIsReported(CapturedOutput output) {
		fails(WebApplicationType.SERVLET, List.of(), "server.port=8080");
		assertThat(output).contains("    Origin: \"server.port\" from property source \"commandLineArgs\"");
	}

	@Test
	void valuesSetByACustomizerAreChecked(CapturedOutput output) {
		fails(WebApplicationType.SERVLET, List.of(OwnPort.class));
		assertThat(output).contains("server.port" + PORT + "9090");
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void applicationWithValidAddressStarts(WebApplicationType type, CapturedOutput output) {
		try (ConfigurableApplicationContext context = ServedApplication.start(type, List.of(), "server.address=0.0.0.0",
				"eas.server.allow-loopback=false", "management.server.port=0")) {
			assertThat(context.isActive()).isTrue();
		}
		assertThat(output).doesNotContain("server.shutdown", "Drain");
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void immediateShutdownIsLoggedAsWarning(WebApplicationType type, CapturedOutput output) {
		ServedApplication.start(type, List.of(), "server.shutdown=immediate").close();
		assertThat(output).containsOnlyOnce("server.shutdown is immediate, so requests that are under way when the "
				+ "drain ends are cut off; set it to graceful");
	}

	private static void fails(WebApplicationType type, List<Class<?>> sources, String... properties) {
		assertThatException().isThrownBy(() -> ServedApplication.start(type, sources, properties).close());
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnPort {

		@Bean
		@Order(100)
		WebServerFactoryCustomizer<ConfigurableWebServerFactory> ownPort() {
			return (factory) -> factory.setPort(9090);
		}

	}

}
