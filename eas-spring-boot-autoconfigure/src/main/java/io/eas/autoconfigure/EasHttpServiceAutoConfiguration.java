package io.eas.autoconfigure;

import io.eas.service.EasServices;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of HTTP interfaces whose group is named after an alias.
 */
@AutoConfiguration(after = EasAutoConfiguration.class)
@ConditionalOnBean(EasServices.class)
public final class EasHttpServiceAutoConfiguration {

	EasHttpServiceAutoConfiguration() {
	}

	@Bean
	AliasGroups.OfRestClient easRestClientGroups(EasServices services, Environment environment) {
		return new AliasGroups.OfRestClient(new AliasGroups(services, environment));
	}

	@Bean
	AliasGroups.OfWebClient easWebClientGroups(EasServices services, Environment environment) {
		return new AliasGroups.OfWebClient(new AliasGroups(services, environment));
	}

}
