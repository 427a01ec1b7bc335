package io.eas.properties;

import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class IneffectiveKeysTests {

	private final Map<String, Object> properties = new LinkedHashMap<>();

	@ParameterizedTest
	@CsvSource({ "eas.services.m.instances[0], 10.0.0.1:80, mode is not static. Set mode to static",
			"eas.instances, 10.0.0.1:80, mode is not static. Set mode to static",
			"eas.services.m.probe.http-get.path, /readyz, probe.enabled is not set. Set probe.enabled to true",
			"eas.services.m.probe.tcp-socket.port, 81, probe.enabled is not set. Set probe.enabled to true",
			"eas.probe.period, 5s, probe.enabled is not set. Set probe.enabled to true" })
	void propertyWithoutEffectIsLoggedWithTheOneItNeeds(String key, String value, String reason,
			CapturedOutput output) {
		this.properties.put(key, value);
		look();
		assertThat(output.toString())
			.containsOnlyOnce(key + " (\"" + key + "\" from property source \"test\") has no effect, since " + reason);
	}

	@ParameterizedTest
	@CsvSource({ "eas.services.m.instances, 10.0.0.1:80, eas.services.m.mode, static",
			"eas.instances, 10.0.0.1:80, eas.services.other.mode, static",
			"eas.probe.http-get.path, /readyz, eas.services.other.probe.enabled, true",
			"eas.services.m.probe.period, 5s, eas.probe.enabled, true",
			"eas.services.m.probe.period, 5s, eas.services.m.probe.enabled, false" })
	void propertyThatIsSwitchedOnOrOffOnPurposeIsNotLogged(String key, String value, String other, String otherValue,
			CapturedOutput output) {
		this.properties.put(key, value);
		this.properties.put(other, otherValue);
		look();
		assertThat(output).doesNotContain("has no effect");
	}

	@Test
	void sharedPropertyIsLoggedOnce(CapturedOutput output) {
		this.properties.put("eas.services.other.service-name", "other");
		this.properties.put("eas.probe.period", "5s");
		look();
		assertThat(output.toString()).containsOnlyOnce("has no effect");
	}

	private void look() {
		this.properties.put("eas.services.m.service-name", "m");
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("test", this.properties));
		IneffectiveKeys.look(new EasServicesBinder(environment));
	}

}
