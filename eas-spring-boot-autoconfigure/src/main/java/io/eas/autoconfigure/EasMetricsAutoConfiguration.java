package io.eas.autoconfigure;

import java.time.Clock;

import io.eas.metrics.CallMeterHandler;
import io.eas.metrics.EasClientObservationConvention;
import io.eas.metrics.EasListeners;
import io.eas.metrics.EasMeters;
import io.eas.metrics.ObservedService;
import io.eas.metrics.ServiceGauges;
import io.eas.properties.EasServiceProperties;
import io.eas.properties.EasServicesBinder;
import io.eas.service.EasServices;
import io.eas.service.ServiceListeners;
import io.eas.service.ServiceSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/**
 * Auto-configuration of meters, if there is a {@link MeterRegistry}, and of an
 * observation for each call, if there is an {@link ObservationRegistry}.
 */
@AutoConfiguration(after = EasAutoConfiguration.class, afterName = {
		"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
		"org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration",
		"org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration" })
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean(EasServices.class)
public final class EasMetricsAutoConfiguration {

	EasMetricsAutoConfiguration() {
	}

	@Bean
	@ConditionalOnMissingBean(ServiceListeners.Factory.class)
	EasListeners easListeners(EasServicesBinder binder, ObjectProvider<ObservationRegistry> observations,
			ObjectProvider<EasClientObservationConvention> convention, ObjectProvider<EasMeters> meters) {
		return new EasListeners((alias) -> seen(binder, alias), observations.getIfUnique(), convention.getIfAvailable(),
				meters.getIfAvailable());
	}

	private static ObservedService seen(EasServicesBinder binder, String alias) {
		EasServiceProperties properties = binder.bind(alias);
		return new ObservedService(properties.mode() == ServiceSettings.Mode.DIRECT, properties.probe().enabled(),
				properties.observation().instanceAddress());
	}

	/** Meters, which need micrometer-core and a registry. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	@ConditionalOnSingleCandidate(MeterRegistry.class)
	static class Meters {

		@Bean
		EasMeters easMeters(MeterRegistry registry) {
			return new EasMeters(registry);
		}

		/**
		 * Ordered before Micrometer's own handler, since only the first handler that
		 * supports an observation is called.
		 */
		@Bean
		@Order(0)
		CallMeterHandler easCallMeterHandler(EasMeters meters) {
			return new CallMeterHandler(meters);
		}

		@Bean
		SmartInitializingSingleton easGauges(EasMeters meters, EasServices services, EasServicesBinder binder) {
			ServiceGauges gauges = new ServiceGauges(meters, Clock.systemUTC());
			return () -> services.all().forEach((service) -> gauges.add(service, seen(binder, service.name())));
		}

	}

}
