package io.eas.metrics;

import java.util.List;

import io.eas.client.call.LocalEas;
import io.eas.emulator.EasEmulator;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/**
 * Applications with what Spring Boot gives one that has Actuator.
 */
final class MeteredEas {

	private MeteredEas() {
	}

	/** With meters, and with observations that become meters. */
	static ApplicationContextRunner application(EasEmulator eas, String... properties) {
		return metered(eas, properties).withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class));
	}

	/** With meters alone. */
	static ApplicationContextRunner metered(EasEmulator eas, String... properties) {
		return LocalEas.application(eas, properties)
			.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class,
					CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class));
	}

	/** Those of ours that are there, each with its tags. */
	static List<Meter.Id> meters(MeterRegistry registry) {
		return registry.getMeters().stream().map(Meter::getId).filter((id) -> id.getName().startsWith("eas.")).toList();
	}

}
