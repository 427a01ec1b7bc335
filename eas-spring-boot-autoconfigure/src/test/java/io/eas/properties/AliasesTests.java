package io.eas.properties;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AliasesTests {

	private final Map<String, Object> variables = new LinkedHashMap<>();

	private final Map<String, Object> properties = new LinkedHashMap<>();

	@BeforeEach
	void configureServicesInAFile() {
		this.properties.put("eas.services.my-llm.service-name", "qwen_chat");
		this.properties.put("eas.services.my-llm-v2.service-name", "qwen_chat_v2");
		this.properties.put("eas.services.mnist.service-name", "mnist");
	}

	@ParameterizedTest
	@ValueSource(strings = { "EAS_SERVICES_MY_LLM_TOKEN", "EAS_SERVICES_MYLLM_TOKEN", "eas_services_my_llm_token",
			"EAS_SERVICES_MY-LLM_TOKEN", "eas.services.my-llm.token" })
	void variableOfADashedAliasAddsNoService(String variable) {
		this.variables.put(variable, "secret");
		assertThat(binder().aliases()).containsExactlyInAnyOrder("my-llm", "my-llm-v2", "mnist");
		assertThat(binder().bind("my-llm").token()).extracting(Secret::reveal).isEqualTo("secret");
		assertThat(binder().bind("my-llm-v2").token()).isNull();
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "EAS_SERVICES_MY_LLM_V2_HTTP_RESPONSE_TIMEOUT", "EAS_SERVICES_MYLLMV2_HTTP_RESPONSETIMEOUT" })
	void variableOfAGroupIsBoundInBothSpellings(String variable) {
		this.variables.put(variable, "7s");
		assertThat(binder().aliases()).containsExactlyInAnyOrder("my-llm", "my-llm-v2", "mnist");
		assertThat(binder().bind("my-llm-v2").http().responseTimeout()).isEqualTo(Duration.ofSeconds(7));
		assertThat(binder().bind("my-llm").http().responseTimeout()).isNotEqualTo(Duration.ofSeconds(7));
	}

	@Test
	void variableOfAListAddsNoService() {
		this.variables.put("EAS_SERVICES_MY_LLM_INSTANCES_0", "10.0.0.1:8000");
		this.variables.put("EAS_SERVICES_MY_LLM_INSTANCES_1", "10.0.0.2:8000");
		assertThat(binder().aliases()).containsExactlyInAnyOrder("my-llm", "my-llm-v2", "mnist");
		assertThat(binder().bind("my-llm").instances()).containsExactly("10.0.0.1:8000", "10.0.0.2:8000");
	}

	@Test
	void variableIsAssignedToDashedAliasWhoseFirstPartIsAlsoAnAlias() {
		this.properties.put("eas.services.my.service-name", "my");
		this.variables.put("EAS_SERVICES_MY_LLM_TOKEN", "secret");
		assertThat(binder().aliases()).containsExactlyInAnyOrder("my", "my-llm", "my-llm-v2", "mnist");
		assertThat(binder().bind("my").token()).isNull();
		assertThat(binder().bind("my-llm").token()).extracting(Secret::reveal).isEqualTo("secret");
	}

	@Test
	void variablesAloneMayConfigureServices() {
		this.properties.clear();
		this.variables.put("EAS_SERVICES_OCR_LOAD_BALANCER_HASH_HEADER", "X-User");
		this.variables.put("EAS_SERVICES_MY_TOKEN", "secret");
		assertThat(binder().aliases()).containsExactlyInAnyOrder("ocr", "my");
		assertThat(binder().bind("ocr").loadBalancer().hashHeader()).isEqualTo("X-User");
		assertThat(binder().bind("my").token()).extracting(Secret::reveal).isEqualTo("secret");
	}

	@ParameterizedTest
	@ValueSource(strings = { "OCR_SERVICENAME", "OCR_SERVICE_NAME", "OCR_ENDPOINT", "OCR_UID", "OCR_REGIONID",
			"OCR_MODE", "OCR_INSTANCES_0", "MNISTV2_SERVICENAME" })
	void variableThatDefinesAServiceAddsItToThoseOfAFile(String variable) {
		String alias = variable.substring(0, variable.indexOf('_'));
		this.variables.put("EAS_SERVICES_" + alias + "_TOKEN", "secret");
		this.variables.put("EAS_SERVICES_" + variable, "x");
		assertThat(binder().aliases()).containsExactlyInAnyOrder(alias.toLowerCase(Locale.ROOT), "my-llm", "my-llm-v2",
				"mnist");
	}

	@ParameterizedTest
	@CsvSource({ "EAS_SERVICES_MYLM_TOKEN, EAS_SERVICES_MYLLM_TOKEN, my-llm, MYLM",
			"EAS_SERVICES_MNITS_HTTP_RESPONSETIMEOUT, EAS_SERVICES_MNIST_HTTP_RESPONSETIMEOUT, mnist, MNITS",
			"EAS_SERVICES_MYLLMV3_HTTP_RESPONSE_TIMEOUT, EAS_SERVICES_MYLLMV2_HTTP_RESPONSE_TIMEOUT, my-llm-v2, MYLLMV3",
			"EAS_SERVICES_MNIS_ENDPOINT, EAS_SERVICES_MNIST_ENDPOINT, mnist, MNIS" })
	void variableOfAMisspelledAliasIsRefusedWithTheNearestService(String variable, String meant, String service,
			String alias) {
		this.variables.put(variable, "secret");
		assertThatExceptionOfType(InvalidEasPropertyException.class).isThrownBy(() -> binder().aliases())
			.withMessageStartingWith(variable + " must name a property of a service")
			.withMessageNotContaining("secret")
			.satisfies((ex) -> assertThat(ex.getRemedy()).isEqualTo("Did you mean " + meant
					+ "? It belongs to the service " + service
					+ ". A service that only variables configure needs EAS_SERVICES_" + alias + "_SERVICENAME too."))
			.satisfies((ex) -> assertThat(ex.getOrigin()).asString().contains(variable));
	}

	@ParameterizedTest
	@ValueSource(strings = { "EAS_SERVICES_LM_TOKEN", "EAS_SERVICES_OTHER_HTTP_RESPONSETIMEOUT" })
	void variableOfAnAliasThatNoOtherSourceHasIsRefusedWithTheKnownServices(String variable) {
		this.variables.put(variable, "3s");
		assertThatExceptionOfType(InvalidEasPropertyException.class).isThrownBy(() -> binder().aliases())
			.withMessageStartingWith(variable + " must name a property of a service")
			.satisfies((ex) -> assertThat(ex.getRemedy())
				.isEqualTo("Other sources have the services mnist, my-llm, my-llm-v2. A service that only variables "
						+ "configure needs " + variable.replaceFirst("_(TOKEN|HTTP_.*)$", "_SERVICENAME") + " too."));
	}

	@Test
	void unknownKeyOfAKnownServiceAddsNoService() {
		this.variables.put("EAS_SERVICES_MYLLM_COLOR", "red");
		this.variables.put("EAS_SERVICES_MNIST_COLOR", "red");
		assertThat(binder().aliases()).containsExactlyInAnyOrder("my-llm", "my-llm-v2", "mnist");
	}

	@ParameterizedTest
	@CsvSource({ "EAS_SERVICES_MY_LLM_HTTP_RESPONSETIMEOUT, EAS_SERVICES_MYLLM_HTTP_RESPONSETIMEOUT",
			"EAS_SERVICES_MYLLM_HTTP_RESPONSE_TIMEOUT, EAS_SERVICES_MYLLM_HTTP_RESPONSETIMEOUT",
			"EAS_SERVICES_MYLLM_V2_TOKEN, EAS_SERVICES_MYLLMV2_TOKEN",
			"EAS_SERVICES_MNIST_LOADBALANCER_HASH_HEADER, EAS_SERVICES_MNIST_LOADBALANCER_HASHHEADER" })
	void misspelledVariableIsRefusedWithTheSpellingThatWorks(String variable, String right) {
		this.variables.put(variable, "9s");
		assertThatExceptionOfType(InvalidEasPropertyException.class).isThrownBy(() -> binder().aliases())
			.withMessageStartingWith(variable + " must name a property of a service")
			.satisfies((ex) -> assertThat(ex.getRemedy()).isEqualTo("Write " + right + " instead."))
			.satisfies((ex) -> assertThat(ex.getOrigin()).asString().contains(variable));
		this.variables.clear();
		this.variables.put(right, "9s");
		assertThat(binder().aliases()).containsExactlyInAnyOrder("my-llm", "my-llm-v2", "mnist");
	}

	@ParameterizedTest
	@ValueSource(strings = { "EAS_SERVICES_MY_LLM_COLOR", "EAS_SERVICES_YOUR_LLM_TOKEN" })
	void variableThatSetsNoPropertyOfAServiceIsRefused(String variable) {
		this.variables.put(variable, "secret");
		assertThatExceptionOfType(InvalidEasPropertyException.class).isThrownBy(() -> binder().aliases())
			.withMessageStartingWith(variable + " must name a property of a service")
			.withMessageNotContaining("secret")
			.satisfies((ex) -> assertThat(ex.getRemedy()).contains("An alias with dashes must stand in a file"));
	}

	@Test
	void variableThatSetsPropertiesOfTwoServicesIsRefused() {
		this.properties.put("eas.services.my.service-name", "my");
		this.properties.put("eas.services.my-discovery.service-name", "other");
		this.variables.put("EAS_SERVICES_MY_DISCOVERY_PATH", "/list");
		assertThatExceptionOfType(InvalidEasPropertyException.class).isThrownBy(() -> binder().aliases())
			.withMessageStartingWith("EAS_SERVICES_MY_DISCOVERY_PATH must set a property of one service only");
	}

	private EasServicesBinder binder() {
		StandardEnvironment environment = new StandardEnvironment();
		MutablePropertySources sources = environment.getPropertySources();
		sources.forEach((source) -> sources.remove(source.getName()));
		sources.addLast(new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
				this.variables));
		sources.addLast(new MapPropertySource("file", this.properties));
		return new EasServicesBinder(environment);
	}

}
