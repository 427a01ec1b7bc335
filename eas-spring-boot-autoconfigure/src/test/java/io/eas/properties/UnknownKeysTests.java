package io.eas.properties;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

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
	void unknownKeyIsLoggedWithTheNearestProperty(String key, String nearest, CapturedOutput output) {
		look(Map.of(key, "1"));
		assertThat(output).contains("is no property of the starter, and does nothing. "
				+ ((nearest != null) ? "Did you mean " + nearest + "?" : "Look it up"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "eas.services.mnist", "eas.services.mnist.token", "eas.services.mnist.serviceName",
			"eas.services.mnist.instances[0]", "eas.services.mnist.retry.on[1]", "eas.retry.on-statuses",
			"eas.probe.tcp-socket", "eas.probe.tcp-socket.port", "eas.probe.http-get.path", "eas.enabled", "eas.strict",
			"eas.server.enabled", "eas.services.my-llm.http.first-event-timeout", "eas.discovery.snapshot.max-age",
			"eas.retry.backoff.initial", "eas.auth.scheme", "easy.going" })
	void knownPropertiesAreNotLogged(String key, CapturedOutput output) {
		look(Map.of(key, "1"));
		assertThat(output).doesNotContain("is no property");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "eas.http | have properties below it, was a value or a list | such as eas.http.",
					"eas.services.mnist.http[0] | have properties below it | eas.services.mnist.http.",
					"eas.auth | have properties below it | such as eas.auth.scheme.",
					"eas.services.mnist.retry | have properties below it | such as eas.services.mnist.retry.",
					"eas.token[0] | be a single value, was a list | Write the value behind the name.",
					"eas.services.mnist.token.value | be a single value, was a list, or has names below it | Write",
					"eas.services.mnist.retry[true] | be retry.on, was a truth value | put the key into quotes",
					"eas.services.mnist.retry[true][0] | be retry.on, was a truth value | put the key into quotes",
					"eas.retry.true | be retry.on, was a truth value | put the key into quotes" })
	void propertyOfTheWrongShapeFailsTheStart(String key, String said, String remedy) {
		assertThatExceptionOfType(InvalidEasPropertyException.class).isThrownBy(() -> look(Map.of(key, "c2VjcmV0")))
			.withMessageContaining(said)
			.satisfies((failure) -> assertThat(failure.getRemedy()).contains(remedy))
			.satisfies((failure) -> assertThat(failure.getMessage()).startsWith(key).doesNotContain("c2VjcmV0"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "eas.http", "eas.services.mnist.retry", "eas.retry.on" })
	void emptyValueIsIgnored(String key, CapturedOutput output) {
		look(Map.of(key, ""));
		assertThat(output).doesNotContain("is no property");
	}

	@Test
	void unquotedRetryOnInYamlIsExplained() throws Exception {
		this.environment.getPropertySources()
			.addFirst(
					new YamlPropertySourceLoader()
						.load("test",
								new ByteArrayResource(
										"eas:\n  retry:\n    on: read-timeout".getBytes(StandardCharsets.UTF_8)))
						.get(0));
		assertThatExceptionOfType(InvalidEasPropertyException.class)
			.isThrownBy(() -> UnknownKeys.look(this.environment))
			.satisfies((failure) -> assertThat(failure.getRemedy())
				.isEqualTo("YAML reads on as true: put the key into quotes, \"on\"."))
			.satisfies((failure) -> assertThat(failure.getOrigin())
				.hasToString("Byte array resource [resource loaded from byte array] - 3:9"));
	}

	@ParameterizedTest
	@CsvSource({ "eas.enabled, flase", "eas.strict, treu" })
	void invalidBooleanFailsTheStart(String key, String value) {
		assertThatExceptionOfType(BindException.class).isThrownBy(() -> look(Map.of(key, value)))
			.withMessageContaining(key);
	}

	@ParameterizedTest
	@CsvSource({ "EAS_SERVICES_MNIST_TOKN, EAS_SERVICES_MNIST_TOKEN",
			"EAS_SERVICES_MNIST_HTP_RESPONSETIMEOUT, EAS_SERVICES_MNIST_HTTP_RESPONSETIMEOUT",
			"EAS_SERVICES_MNIST_RETRY_ONN_0, EAS_SERVICES_MNIST_RETRY_ON", "EAS_TOKENN, EAS_TOKEN",
			"EAS_SERVER_LIVENESPATH, EAS_SERVER_LIVENESSPATH", "eas_endpont, EAS_ENDPOINT" })
	void variablesSimilarToAPropertyAreLogged(String variable, String meant, CapturedOutput output) {
		variables(Map.of(variable, "c2VjcmV0"));
		look(Map.of("eas.services.mnist.service-name", "m"));
		assertThat(output)
			.contains(variable + " is no property of the starter, and does nothing. Did you mean " + meant + "?")
			.doesNotContain("c2VjcmV0");
	}

	@Test
	void valueInPlaceOfAServiceIsRejectedWithoutShowingIt() {
		variables(Map.of("EAS_SERVICES_TOKEN", "c2VjcmV0"));
		assertThatExceptionOfType(InvalidEasPropertyException.class)
			.isThrownBy(() -> new EasServicesBinder(this.environment).aliases())
			.satisfies((failure) -> assertThat(failure.getMessage()).doesNotContain("c2VjcmV0"))
			.satisfies((failure) -> assertThat(failure.getRemedy())
				.isEqualTo("Set eas.token, or that of a service below its alias."));
	}

	@Test
	void shortAliasMayBeSimilarToAnother() {
		variables(Map.of("EAS_SERVICES_GPU_TOKEN", "x", "EAS_SERVICES_GPU_ENDPOINT", "eas.test"));
		look(Map.of("eas.services.gpt.service-name", "m"));
		assertThat(new EasServicesBinder(this.environment).aliases()).containsExactlyInAnyOrder("gpt", "gpu");
	}

	@ParameterizedTest
	@ValueSource(strings = { "EAS_SERVICES_LLM_V2_HTTP_RESPONSE_TIMEOUT", "EAS_SERVICES_LLM_V2_SERVICE_NAME",
			"EAS_SERVICES_LLM_SERVICE_NAME" })
	void aliasMayBeThePrefixOfAnother(String variable, CapturedOutput output) {
		variables(Map.of(variable, "9s"));
		look(Map.of("eas.strict", "true", "eas.services.llm.service-name", "m", "eas.services.llm-v2.service-name",
				"m"));
		assertThat(output).doesNotContain("is no property");
	}

	@ParameterizedTest
	@ValueSource(strings = { "eas.token.refresh", "eas.endpoint.public", "eas.mode.debug" })
	void propertiesOfOtherLibrariesBelowEasAreOnlyLogged(String key, CapturedOutput output) {
		look(Map.of(key, "5m"));
		assertThat(output).contains(key).contains("is no property of the starter, and does nothing");
	}

	@ParameterizedTest
	@ValueSource(strings = { "off", "no", "0" })
	void enabledMustBeTrueOrFalse(String value) {
		assertThatExceptionOfType(InvalidEasPropertyException.class)
			.isThrownBy(() -> look(Map.of("eas.enabled", value)))
			.withMessage("eas.enabled must be true or false, was '" + value + "'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "EAS_SERVICE_HOST", "EAS_SERVICE_PORT", "EAS_SERVICE_PORT_HTTP", "EAS_PORT",
			"EAS_PORT_80_TCP_ADDR", "EAS_DISCOVERY_PORT", "EAS_HOME", "EAS_SERVICE_NAME_OF_THE_PLATFORM", "EAS_TOKEN",
			"EAS_SERVICES_MNIST_TOKEN", "EAS_SERVICES_MNIST_RETRY_ON_0", "EAS_SERVICES_MNIST_HTTP_RESPONSETIMEOUT",
			"EAS_SERVICES_MNIST_HTTP_RESPONSE_TIMEOUT", "EAS_SERVER_ENABLED", "EAS_ENABLED", "EASY_TOKENN" })
	void unrelatedVariablesAreIgnored(String variable, CapturedOutput output) {
		variables(Map.of(variable, "true"));
		look(Map.of("eas.services.mnist.service-name", "m"));
		assertThat(output).doesNotContain("is no property");
	}

	@Test
	void tokenVariableOfAMisspelledAliasFailsTheStart() {
		variables(Map.of("EAS_SERVICES_MNITS_TOKEN", "c2VjcmV0"));
		assertThatExceptionOfType(InvalidEasPropertyException.class)
			.isThrownBy(() -> look(Map.of("eas.services.mnist.service-name", "m")))
			.withMessageContaining("EAS_SERVICES_MNITS_TOKEN must name a property of a service")
			.satisfies(
					(failure) -> assertThat(failure.getRemedy()).startsWith("Did you mean EAS_SERVICES_MNIST_TOKEN?"))
			.satisfies((failure) -> assertThat(failure.getMessage()).doesNotContain("c2VjcmV0"));
	}

	@Test
	void serviceMayBeConfiguredByVariablesOnly() {
		variables(Map.of("EAS_SERVICES_LLM2_TOKEN", "x", "EAS_SERVICES_LLM2_SERVICENAME", "m",
				"EAS_SERVICES_OTHER_TOKEN", "y", "EAS_SERVICES_OTHER_MODE", "gateway"));
		look(Map.of("eas.services.llm.service-name", "m"));
		assertThat(new EasServicesBinder(this.environment).aliases()).containsExactlyInAnyOrder("llm", "llm2", "other");
	}

	private void variables(Map<String, Object> variables) {
		this.environment.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource("systemEnvironment", variables));
	}

	@Test
	void knownAndUnrelatedVariablesAreNotLogged(CapturedOutput output) {
		this.environment.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource("systemEnvironment",
					Map.of("EAS_SERVICES_MY_LLM_TOKEN", "x", "EAS_HOME", "x")));
		look(Map.of("eas.services.my-llm.service-name", "m"));
		assertThat(output).doesNotContain("is no property");
	}

	@Test
	void unknownKeyFailsTheStartInStrictMode() {
		assertThatExceptionOfType(InvalidEasPropertyException.class)
			.isThrownBy(() -> look(Map.of("eas.strict", "true", "eas.endpont", "a")))
			.withMessageContaining("eas.endpont must not be set, since it is no property of the starter")
			.satisfies((failure) -> assertThat(failure.getRemedy()).isEqualTo("Did you mean eas.endpoint?"));
	}

	@Test
	void valueOfAnUnknownKeyIsNotLogged(CapturedOutput output) {
		look(Map.of("eas.services.mnist.tokem", "c2VjcmV0"));
		assertThat(output).contains("eas.services.mnist.tokem").doesNotContain("c2VjcmV0");
	}

	private void look(Map<String, Object> properties) {
		this.environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
		UnknownKeys.look(this.environment);
	}

}
