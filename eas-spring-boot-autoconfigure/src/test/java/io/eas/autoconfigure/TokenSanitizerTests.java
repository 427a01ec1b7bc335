package io.eas.autoconfigure;

import java.util.Map;

import io.eas.properties.EasServicesBinder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Actuator hides, whatever else it is told to show.
 */
class TokenSanitizerTests {

	private final StandardEnvironment environment = new StandardEnvironment();

	private final TokenSanitizer sanitizer = new TokenSanitizer(() -> new EasServicesBinder(this.environment));

	@ParameterizedTest
	@ValueSource(strings = { "eas.token", "EAS_TOKEN", "eas.services.mnist.token", "eas.services[mnist].token",
			"EAS_SERVICES_MNIST_TOKEN", "EAS_LLM_TOKEN" })
	void propertyWithTheNameOfATokenIsMasked(String key) {
		assertThat(shown(key, "anything")).isEqualTo(SanitizableData.SANITIZED_VALUE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "first-token", "java -jar app.jar --eas.token=second-token",
			"{\"eas\":{\"token\":\"first-token\"}}", "odd-token" })
	void valueThatContainsATokenIsMasked(String value) {
		set(Map.of("eas.token", "first-token", "eas.services.mnist.token", "second-token", "eas.services[a b].token",
				"odd-token"));
		assertThat(shown("sun.java.command", value)).isEqualTo(SanitizableData.SANITIZED_VALUE);
	}

	@Test
	void urlWithUserInfoIsMasked() {
		assertThat(shown("eas.services.mnist.endpoint", "http://user:password@eas.test"))
			.isEqualTo(SanitizableData.SANITIZED_VALUE);
	}

	@Test
	void tokensBeforeAndAfterARefreshAreMasked() {
		set(Map.of("eas.token", "first-token"));
		assertThat(shown("a", "first-token")).isEqualTo(SanitizableData.SANITIZED_VALUE);
		set(Map.of("eas.token", "second-token"));
		this.sanitizer.refresh();
		assertThat(shown("a", "first-token")).isEqualTo(SanitizableData.SANITIZED_VALUE);
		assertThat(shown("a", "second-token")).isEqualTo(SanitizableData.SANITIZED_VALUE);
	}

	@Test
	void everythingElseIsShown() {
		set(Map.of("eas.token", "first-token", "eas.services.mnist.token", ""));
		assertThat(shown("eas.endpoint", "eas.test")).isEqualTo("eas.test");
		assertThat(shown("eas.services.mnist.token-file", "/run/token")).isEqualTo("/run/token");
		assertThat(shown("eas.empty", null)).isNull();
		assertThat(shown("server.port", 8000)).isEqualTo(8000);
	}

	private void set(Map<String, Object> properties) {
		this.environment.getPropertySources()
			.addFirst(new MapPropertySource("test" + properties.hashCode(), properties));
	}

	private Object shown(String key, Object value) {
		return this.sanitizer.apply(new SanitizableData(null, key, value)).getValue();
	}

}
