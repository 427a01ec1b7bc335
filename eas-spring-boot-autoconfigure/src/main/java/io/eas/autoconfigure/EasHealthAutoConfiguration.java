package io.eas.autoconfigure;

import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.eas.health.EasHealthContributor;
import io.eas.health.Freshness;
import io.eas.properties.EasServiceProperties;
import io.eas.properties.EasServicesBinder;
import io.eas.service.EasServices;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.ReactiveHealthContributor;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the health component {@code eas}.
 */
@AutoConfiguration(after = EasAutoConfiguration.class,
		beforeName = "org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration")
@ConditionalOnClass({ ReactiveHealthContributor.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(EasServices.class)
@ConditionalOnEnabledHealthIndicator("eas")
public final class EasHealthAutoConfiguration {

	EasHealthAutoConfiguration() {
	}

	@Bean
	EasHealthContributor easHealthContributor(EasServices services, EasServicesBinder binder) {
		Map<String, Freshness> limits = services.names()
			.stream()
			.collect(Collectors.toMap(Function.identity(), (alias) -> freshness(binder.bind(alias))));
		return new EasHealthContributor(services, limits, Clock.systemUTC());
	}

	private static Freshness freshness(EasServiceProperties properties) {
		return properties.health().freshness(properties.discovery().interval());
	}

}
