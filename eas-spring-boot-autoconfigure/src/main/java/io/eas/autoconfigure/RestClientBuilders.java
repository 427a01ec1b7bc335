package io.eas.autoconfigure;

import java.util.function.Supplier;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.restclient.autoconfigure.RestClientBuilderConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

/**
 * Creates the builders of {@code RestClient}s that call a service. It isn't the builder
 * of the application, which may be load-balanced.
 */
@FunctionalInterface
interface RestClientBuilders extends Supplier<RestClient.Builder> {

	/** Builders with the customizers and message converters of the application. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(RestClientBuilderConfigurer.class)
	class OfSpringBoot {

		@Bean
		RestClientBuilders easRestClientBuilders(ObjectProvider<RestClientBuilderConfigurer> configurer) {
			return () -> {
				RestClient.Builder builder = RestClient.builder();
				configurer.ifAvailable((known) -> known.configure(builder));
				return builder;
			};
		}

	}

}
