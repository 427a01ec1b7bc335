package io.eas.autoconfigure;

import java.util.function.Supplier;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Creates the builders of {@code WebClient}s that call a service. It isn't the builder of
 * the application, which may be load-balanced.
 */
@FunctionalInterface
interface WebClientBuilders extends Supplier<WebClient.Builder> {

	/** Builders with the customizers and codecs of the application. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(WebClientCustomizer.class)
	class OfSpringBoot {

		@Bean
		WebClientBuilders easWebClientBuilders(ObjectProvider<WebClientCustomizer> customizers) {
			return () -> {
				WebClient.Builder builder = WebClient.builder();
				customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
				return builder;
			};
		}

	}

}
