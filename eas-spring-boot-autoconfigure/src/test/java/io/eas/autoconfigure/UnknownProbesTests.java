package io.eas.autoconfigure;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

import io.eas.server.ServedApplication;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * A service whose checks open a socket or run a command needs nothing that answers a GET.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnknownProbesTests {

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void missingActuatorIsLoggedWithTheRemedy(WebApplicationType type, CapturedOutput output) {
		start(type);
		assertThat(output)
			.containsOnlyOnce("The liveness probe was not called: there is no Actuator on the class path, "
					+ "and eas.server.liveness-path is not set. Add spring-boot-starter-actuator, or set "
					+ "eas.server.liveness-path to the path in service.json; if service.json has no http_get checks, set "
					+ "eas.server.probes to false")
			.containsOnlyOnce("The readiness probe was not called: ");
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void configuredPathIsProbedWithoutActuator(WebApplicationType type, CapturedOutput output) {
		assertThatException().isThrownBy(() -> start(type, "eas.server.readiness-path=/none"));
		assertThat(output).containsOnlyOnce("The liveness probe was not called: ")
			.doesNotContain("The readiness probe was not called: ")
			.contains("/none, the readiness probe (eas.server.readiness-path), was answered with status 404");
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void nothingIsLoggedWithoutActuatorIfProbesAreDisabled(WebApplicationType type, CapturedOutput output) {
		start(type, "eas.server.probes=false");
		assertThat(output).doesNotContain("was not called");
	}

	@ParameterizedTest
	@EnumSource(names = { "REACTIVE", "SERVLET" })
	void noProbeIsSentWithActuatorIfProbesAreDisabled(WebApplicationType type, CapturedOutput output) {
		ServedApplication
			.start(type, List.of(), "eas.server.probes=false", "management.endpoints.web.exposure.exclude=health")
			.close();
		assertThat(output).doesNotContain("was not called");
	}

	private static void start(WebApplicationType type, String... properties) {
		try (ConfigurableApplicationContext context = ServedApplication.start(new NoActuator(), type, List.of(),
				properties)) {
			assertThat(context.isActive()).isTrue();
		}
	}

	/** The class path of an application that has everything else. */
	private static final class NoActuator extends FilteredClassLoader {

		NoActuator() {
			super("org.springframework.boot.actuate", "org.springframework.boot.health");
		}

		@Override
		public Enumeration<URL> getResources(String name) throws IOException {
			return Collections.enumeration(Collections.list(super.getResources(name))
				.stream()
				.filter((url) -> !url.toString().matches(".*/spring-boot-(actuator|health)[^/]*\\.jar!.*"))
				.toList());
		}

	}

}
