package io.eas.autoconfigure;

import java.util.function.BiConsumer;
import java.util.function.Supplier;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Creates the builders of Spring's clients that call a service, with the customizers,
 * message converters and codecs of the application. They aren't the builders of the
 * application, which may be load-balanced.
 *
 * @param create creates a builder
 * @param <B> the type of the builders
 */
record ClientBuilders<B>(Supplier<B> create) {

	private static <B, C> ClientBuilders<B> of(Supplier<B> create, ObjectProvider<C> customizers,
			BiConsumer<C, B> customize) {
		return new ClientBuilders<>(() -> {
			B builder = create.get();
			customizers.orderedStream().forEach((customizer) -> customize.accept(customizer, builder));
			return builder;
		});
	}

	/** Builders of {@code RestClient}s. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(RestClientCustomizer.class)
	static class OfRestClient {

		@Bean
		ClientBuilders<RestClient.Builder> easRestClientBuilders(ObjectProvider<RestClientCustomizer> customizers) {
			return of(RestClient::builder, customizers, RestClientCustomizer::customize);
		}

	}

	/** Builders of {@code WebClient}s. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(WebClientCustomizer.class)
	static class OfWebClient {

		@Bean
		ClientBuilders<WebClient.Builder> easWebClientBuilders(ObjectProvider<WebClientCustomizer> customizers) {
			return of(WebClient::builder, customizers, WebClientCustomizer::customize);
		}

	}

}
