package io.eas.properties;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class UnknownKeysTests {

	private final StandardEnvironment environment = new StandardEnvironment();

	@ParameterizedTest
	@CsvSource(nullValues = "-", value = { "eas.services.mnist.service_nam, eas.services.mnist.service-name",
			"eas.retries.max-attempts, eas.retry.max-attempts", "eas.response-timeout, eas.http.response-timeout",
			"eas.services.mnist.http.reponse-timeout, eas.services.mnist.http.response-timeout",
			"eas.services.mnist.tokn, eas.services.mnist.token", "eas.endpont, eas.endpoint",
			"eas.services.mnist.probe.tcp-socket.prot, eas.services.mnist.probe.tcp-socket.port",
			"eas.server.drain-dely, eas.server.drain-delay",
			"eas.services.mnist.discovery.intervall, eas.services.mnist.discovery.interval",
			"eas.services.mnist.max-attempts, eas.services.mnist.retry.max-attempts", "eas.services.mnist.colour, -",
			"eas.service.mnist.token, -" })
	void isToldWithWhatComesNearest(String key, String nearest, CapturedOutput output) {
		look(Map.of(key, "1"));
		assertThat(output).contains("is no property of the starter, and does nothing. "
				+ ((nearest != null) ? "Did you mean " + nearest + "?" : "Look it up"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "eas.services.mnist", "eas.services.mnist.token", "eas.services.mnist.serviceName",
			"eas.services.mnist.instances[0]", "eas.services.mnist.retry.on[1]", "eas.retry.on-statuses",
			"eas.probe.tcp-socket", "eas.probe.tcp-socket.port", "eas.probe.http-get.path", "eas.enabled", "eas.strict",
			"eas.server.enabled", "eas.services.my-llm.http.first-event-timeout", "eas.discovery.snapshot.max-age",
			"eas.retry.backoff.initial", "eas.auth.scheme", "easy.going", "eas.http" })
	void propertiesAreKnown(String key, CapturedOutput output) {
		look(Map.of(key, "1"));
		assertThat(output).doesNotContain("is no property");
	}

	@Test
	void whatVariablesMeanIsNotKnown(CapturedOutput output) {
		this.environment.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource("systemEnvironment",
					Map.of("EAS_SERVICES_MY_LLM_TOKEN", "x", "EAS_HOME", "x")));
		UnknownKeys.look(this.environment);
		assertThat(output).doesNotContain("is no property");
	}

	@Test
	void whoIsStrictDoesNotStart() {
		assertThatExceptionOfType(InvalidEasPropertyException.class)
			.isThrownBy(() -> look(Map.of("eas.strict", "true", "eas.endpont", "a")))
			.withMessageContaining("eas.endpont must not be there, for it is no property of the starter")
			.satisfies((failure) -> assertThat(failure.getRemedy()).isEqualTo("Did you mean eas.endpoint?"));
	}

	@Test
	void noValueIsTold(CapturedOutput output) {
		look(Map.of("eas.services.mnist.tokem", "c2VjcmV0"));
		assertThat(output).contains("eas.services.mnist.tokem").doesNotContain("c2VjcmV0");
	}

	private void look(Map<String, Object> properties) {
		this.environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
		UnknownKeys.look(this.environment);
	}

}
