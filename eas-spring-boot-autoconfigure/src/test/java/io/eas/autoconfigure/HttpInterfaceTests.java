package io.eas.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.eas.client.EasClients;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedInstance;
import io.eas.emulator.EmulatedResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.registry.HttpServiceGroup.ClientType;
import org.springframework.web.service.registry.ImportHttpServices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * HTTP interfaces of a group that is named after an alias, in applications with all of
 * the auto-configuration.
 */
@Tag("application")
@TestInstance(Lifecycle.PER_CLASS)
class HttpInterfaceTests {

	private EasEmulator eas;

	private EasEmulator others;

	private ConfigurableApplicationContext context;

	@BeforeAll
	void start() {
		this.eas = EasEmulator.builder()
			.admin(false)
			.service("mnist", (service) -> service.token("abc")
				.instances(2,
						(instance) -> instance.handler((request) -> request.path().endsWith("/never") ? Mono.never()
								: Mono.just(EmulatedResponse.text(200,
										request.uri() + " " + String.join(",", request.headers("X-Default")))))))
			.build()
			.start();
		this.others = EasEmulator.builder()
			.admin(false)
			.service("orders",
					(service) -> service.instances(1,
							(instance) -> instance.handler(
									(request) -> Mono.just(EmulatedResponse.text(200, "orders " + request.uri())))))
			.build()
			.start();
	}

	@AfterEach
	void close() {
		this.context.close();
		this.eas.service("mnist").instances().forEach(EmulatedInstance::heal);
	}

	@AfterAll
	void stop() {
		this.eas.close();
		this.others.close();
	}

	private void run(Class<?> application, String... more) {
		List<String> arguments = new ArrayList<>(
				List.of("--spring.main.banner-mode=off", "--spring.reactor.netty.shutdown-quiet-period=50ms",
						"--eas.endpoint=" + this.eas.endpoint(), "--eas.token=abc",
						"--eas.discovery.allowed-networks=127.0.0.0/8", "--eas.services.mnist.service-name=mnist",
						"--spring.cloud.discovery.client.simple.instances.orders[0].uri=http://"
								+ this.others.service("orders").instance(0).address()));
		Stream.of(more).map((property) -> "--" + property).forEach(arguments::add);
		SpringApplication starting = new SpringApplication(application);
		starting.setWebApplicationType(WebApplicationType.NONE);
		this.context = starting.run(arguments.toArray(String[]::new));
	}

	enum Kind {

		REST_CLIENT {

			@Override
			Digits digits(ConfigurableApplicationContext context) {
				return context.getBean(Digits.class);
			}

		},

		WEB_CLIENT {

			@Override
			Digits digits(ConfigurableApplicationContext context) {
				return context.getBean(ReactiveDigits.class);
			}

		};

		abstract Digits digits(ConfigurableApplicationContext context);

		Class<?> application() {
			return (this == REST_CLIENT) ? RestApplication.class : WebApplication.class;
		}

	}

	@ParameterizedTest
	@EnumSource
	void aGroupNamedAfterAnAliasCallsItsInstances(Kind kind) {
		run(kind.application());
		this.eas.service("mnist").instance(0).status(503);
		Digits digits = kind.digits(this.context);
		for (int n = 0; n < 10; n++) {
			assertThat(digits.classify("image")).isEqualTo("/api/predict/mnist/v1/digits ");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://mnist", "lb://mnist" })
	void theBaseUrlMayNameTheAlias(String url) {
		run(RestApplication.class, "spring.http.serviceclient.mnist.base-url=" + url + "/below");
		this.eas.service("mnist").instance(0).refuse();
		for (int n = 0; n < 5; n++) {
			assertThat(Kind.REST_CLIENT.digits(this.context).classify("image"))
				.isEqualTo("/api/predict/mnist/below/v1/digits ");
		}
	}

	@ParameterizedTest
	@EnumSource
	void otherSettingsOfTheGroupApply(Kind kind) {
		run(kind.application(), "spring.http.serviceclient.mnist.default-header.X-Default=value");
		assertThat(kind.digits(this.context).classify("image")).endsWith(" value");
	}

	@ParameterizedTest
	@EnumSource
	void theTimeLimitsAreThoseOfTheAlias(Kind kind) {
		run(kind.application(), "spring.http.serviceclient.mnist.read-timeout=1ms", "eas.http.response-timeout=300ms",
				"eas.http.request-timeout=30s");
		assertThat(kind.digits(this.context).classify("image")).isNotEmpty();
		assertThatThrownBy(() -> kind.digits(this.context).never())
			.hasStackTraceContaining("no answer within 300 ms (http.response-timeout)");
	}

	@ParameterizedTest
	@EnumSource
	void aGroupWithAnotherBaseUrlIsLeftAlone(Kind kind) {
		run(kind.application(), "spring.http.serviceclient.mnist.base-url=http://"
				+ this.others.service("orders").instance(0).address());
		assertThat(kind.digits(this.context).classify("image")).isEqualTo("orders /v1/digits");
	}

	@Test
	void otherGroupsAndConfigurersWorkAsWithoutUs() {
		run(ManyGroups.class);
		assertThat(this.context.getBean(Orders.class).list()).isEqualTo("orders /orders");
		assertThat(this.context.getBean(Digits.class).classify("image")).endsWith(" first,last");
		assertThat(this.context.getBean(EasClients.class).get("mnist").blocking().predict("x", String.class))
			.isNotEmpty();
	}

	@HttpExchange
	interface Digits {

		@PostExchange("/v1/digits")
		String classify(@RequestBody String image);

		@GetExchange("/never")
		String never();

	}

	/** The same over {@code WebClient}; a proxy has no default methods of its parent. */
	interface ReactiveDigits extends Digits {

	}

	interface Orders {

		@GetExchange("/orders")
		String list();

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@ImportHttpServices(group = "mnist", types = Digits.class)
	static class RestApplication {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@ImportHttpServices(group = "mnist", types = ReactiveDigits.class, clientType = ClientType.WEB_CLIENT)
	static class WebApplication {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@ImportHttpServices(group = "mnist", types = Digits.class)
	@ImportHttpServices(group = "orders", types = Orders.class)
	static class ManyGroups {

		@Bean
		RestClientHttpServiceGroupConfigurer last() {
			return (groups) -> groups.forEachClient(
					(group, builder) -> builder.defaultHeaders((headers) -> headers.add("X-Default", "last")));
		}

		@Bean
		RestClientHttpServiceGroupConfigurer first() {
			return new RestClientHttpServiceGroupConfigurer() {

				@Override
				public void configureGroups(Groups<RestClient.Builder> groups) {
					groups.forEachClient(
							(group, builder) -> builder.defaultHeaders((headers) -> headers.add("X-Default", "first")));
				}

				@Override
				public int getOrder() {
					return 0;
				}

			};
		}

	}

}
