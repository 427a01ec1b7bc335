package io.eas.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.eas.properties.EasServerProperties;
import io.eas.properties.InvalidEasPropertyException;
import io.eas.server.Probe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the properties under {@code eas.server} are when something, or nothing, is said.
 */
class EasServerPropertiesTests {

	private final Map<String, Object> properties = new LinkedHashMap<>();

	private final Map<String, Object> variables = new LinkedHashMap<>();

	@Test
	void unsetPropertiesHaveDocumentedDefaults() {
		assertThat(bind())
			.isEqualTo(new EasServerProperties(false, false, true, null, Duration.ofSeconds(10), 3, null, null));
	}

	@Test
	void defaultDrainLastsUntilReadinessHasFailedAndClientsHavePolledTwice() {
		assertThat(bind().drain(8000)).isEqualTo(Duration.ofSeconds(50));
		this.properties.put("eas.server.readiness-period", "2s");
		this.properties.put("eas.server.readiness-failure-threshold", "2");
		assertThat(bind().drain(8000)).isEqualTo(Duration.ofSeconds(24));
		this.properties.put("eas.server.drain-delay", "3s");
		assertThat(bind().drain(8000)).isEqualTo(Duration.ofSeconds(3));
	}

	@Test
	void randomPortIsOnlyDrainedIfConfigured() {
		assertThat(bind().drain(0)).isZero();
		this.properties.put("eas.server.drain-delay", "3s");
		assertThat(bind().drain(0)).isEqualTo(Duration.ofSeconds(3));
	}

	@Test
	void emptyPathCountsAsAbsent() {
		this.properties.put("eas.server.liveness-path", "");
		this.properties.put("eas.server.readiness-path", "/ready");
		assertThat(bind().path(Probe.LIVENESS)).isNull();
		assertThat(bind().path(Probe.READINESS)).isEqualTo("/ready");
	}

	@Test
	void propertiesMayBeSetByVariables() {
		this.variables.put("EAS_SERVER_ALLOW_LOOPBACK", "true");
		this.variables.put("EAS_SERVER_DRAINDELAY", "1m");
		assertThat(bind().allowLoopback()).isTrue();
		assertThat(bind().drainDelay()).isEqualTo(Duration.ofMinutes(1));
	}

	@ParameterizedTest
	@CsvSource({ "drain-delay, -1s, 'be between 0s and 1h, was -1s'", "drain-delay, 2h, 'be between 0s and 1h, was 2h'",
			"readiness-period, 500ms, 'be between 1s and 5m, was 500ms'",
			"readiness-period, 6m, 'be between 1s and 5m, was 6m'",
			"readiness-failure-threshold, 0, 'be between 1 and 100, was 0'",
			"readiness-failure-threshold, 101, 'be between 1 and 100, was 101'",
			"liveness-path, livez, 'start with a slash and have only characters that need no encoding in a path, was "
					+ "''livez'''",
			"readiness-path, /a b, 'start with a slash and have only characters that need no encoding in a path, was "
					+ "''/a b'''" })
	void valueOutOfRangeIsReportedWithFullName(String key, String value, String must) {
		this.properties.put("eas.server." + key, value);
		assertThatExceptionOfType(InvalidEasPropertyException.class).isThrownBy(this::bind)
			.withMessage("eas.server." + key + " must " + must)
			.satisfies((failure) -> assertThat(failure.getOrigin())
				.hasToString("\"eas.server." + key + "\" from property source \"properties\""));
	}

	@Test
	void valueThatCannotBeConvertedIsReportedWithName() {
		this.properties.put("eas.server.drain-delay", "soon");
		assertThatExceptionOfType(BindException.class).isThrownBy(this::bind)
			.withMessageContaining("eas.server.drain-delay");
	}

	private EasServerProperties bind() {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("properties", this.properties));
		environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
					StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, this.variables));
		return new ServerEnvironment(environment).properties();
	}

}
