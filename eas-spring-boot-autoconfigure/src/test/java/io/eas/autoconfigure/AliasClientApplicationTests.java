package io.eas.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import io.eas.client.EasClients;
import io.eas.client.call.LocalEas;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The {@code RestClient} and {@code WebClient} of an alias in applications that have
 * clients and settings of their own.
 */
@Tag("application")
@TestInstance(Lifecycle.PER_CLASS)
class AliasClientApplicationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private EasEmulator eas;

	@BeforeAll
	void start() {
		this.eas = LocalEas.start(
				(request) -> Mono.just(EmulatedResponse.json(200,
						"{\"got\":\"" + request.header("X-App") + " "
								+ new String(request.body(), StandardCharsets.UTF_8).replace("\"", "'") + "\"}")),
				100, 100);
	}

	@AfterAll
	void stop() {
		this.eas.close();
	}

	private ApplicationContextRunner application(String... properties) {
		return LocalEas.application(this.eas, properties)
			.withConfiguration(AutoConfigurations.of(EasWebClientAutoConfiguration.class,
					EasHttpServiceAutoConfiguration.class, HttpMessageConvertersAutoConfiguration.class,
					RestClientAutoConfiguration.class, WebClientAutoConfiguration.class,
					ImperativeHttpClientAutoConfiguration.class, ReactiveHttpClientAutoConfiguration.class));
	}

	@Test
	void jsonIsWrittenWithTheSettingsOfTheApplication() {
		application("spring.jackson.property-naming-strategy=SNAKE_CASE").run((context) -> {
			assertThat(context.getBean(EasClients.class)
				.restClient("echo")
				.post()
				.body(new Image(7))
				.retrieve()
				.body(Map.class)).isEqualTo(Map.of("got", "null {'first_pixel':7}"));
			assertThat(context.getBean(EasClients.class)
				.webClient("echo")
				.post()
				.bodyValue(new Image(7))
				.retrieve()
				.bodyToMono(Map.class)
				.block(PATIENCE)).isEqualTo(Map.of("got", "null {'first_pixel':7}"));
		});
	}

	@Test
	void customizersOfTheApplicationApply() {
		application().withUserConfiguration(Customized.class).run((context) -> {
			assertThat(context.getBean(EasClients.class).restClient("echo").get().retrieve().body(String.class))
				.contains("\"mine ");
			assertThat(context.getBean(EasClients.class)
				.webClient("echo")
				.get()
				.retrieve()
				.bodyToMono(String.class)
				.block(PATIENCE)).contains("\"mine ");
		});
	}

	@Test
	void loadBalancedBuildersOfTheApplicationStayItsOwn() {
		application().withUserConfiguration(LoadBalancedBuilders.class).run((context) -> {
			assertThat(context).hasSingleBean(RestClient.Builder.class).hasSingleBean(WebClient.Builder.class);
			assertThat(context.getBean(EasClients.class).restClient("echo").get().retrieve().body(String.class))
				.contains("got");
			assertThat(context.getBean(EasClients.class)
				.webClient("echo")
				.get()
				.retrieve()
				.bodyToMono(String.class)
				.block(PATIENCE)).contains("got");
		});
	}

	@Test
	void nothingOfOursIsADefaultOfTheApplication() {
		application().run((context) -> {
			assertThat(context).doesNotHaveBean(RestClient.class).doesNotHaveBean(WebClient.class);
			assertThat(context.getBeanProvider(RestClient.Builder.class).getIfUnique()).isNotNull();
			assertThat(context.getBeanFactory().getBeanDefinition("restClientBuilder").getFactoryBeanName())
				.isEqualTo(RestClientAutoConfiguration.class.getName());
			assertThat(context.getBeanFactory().getBeanDefinition("webClientBuilder").getFactoryBeanName())
				.isEqualTo(WebClientAutoConfiguration.class.getName());
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "org.springframework.boot.restclient", "org.springframework.boot.webclient",
			"org.springframework.boot.http.client" })
	void anApplicationMayLackOneOfThem(String missing) {
		LocalEas.application(this.eas)
			.withClassLoader(new FilteredClassLoader(missing))
			.withConfiguration(
					AutoConfigurations.of(EasWebClientAutoConfiguration.class, EasHttpServiceAutoConfiguration.class))
			.run((context) -> {
				EasClients clients = context.getBean(EasClients.class);
				assertThat(clients.restClient("echo").get().retrieve().body(String.class)).contains("got");
				assertThat(clients.get("echo").blocking().predict("x", String.class)).contains("got");
				assertThat(clients.webClient("echo").get().retrieve().bodyToMono(String.class).block(PATIENCE))
					.contains("got");
			});
	}

	record Image(int firstPixel) {
	}

	@Configuration(proxyBeanMethods = false)
	static class Customized {

		@Bean
		RestClientCustomizer restClients() {
			return (builder) -> builder.defaultHeader("X-App", "mine").baseUrl("http://elsewhere");
		}

		@Bean
		WebClientCustomizer webClients() {
			return (builder) -> builder.defaultHeader("X-App", "mine").baseUrl("http://elsewhere");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LoadBalancedBuilders {

		@Bean
		@LoadBalanced
		RestClient.Builder restClients(ObjectProvider<RestClientCustomizer> customizers) {
			return RestClient.builder();
		}

		@Bean
		@LoadBalanced
		WebClient.Builder webClients() {
			return WebClient.builder();
		}

	}

}
