package io.eas.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.CompletionContext;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.cloud.client.loadbalancer.LoadBalancerLifecycle;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.Response;
import org.springframework.cloud.client.loadbalancer.reactive.LoadBalancerClientRequestTransformer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ExchangeFunctions;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever an application adds to Spring Cloud LoadBalancer is used for our services too;
 * without any of it calls take the short way.
 */
class SimpleBalancingTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final String INSTANCE = "io.eas.loadbalanced.WebClientAttempts.instance";

	private final AtomicInteger calls = new AtomicInteger();

	private final EasEmulator eas = EasEmulator.builder()
		.admin(false)
		.service("echo",
				(service) -> service.instances(2, (instance) -> instance.handler(
						(request) -> Mono.just(EmulatedResponse.text((this.calls.incrementAndGet() == 1) ? 503 : 200,
								request.uri() + " " + request.header("X-Transformed"))))))
		.build()
		.start();

	@AfterEach
	void close() {
		this.eas.close();
	}

	@Test
	void callsBypassSpringsFilterIfNothingIsAdded() {
		try (ConfigurableApplicationContext context = run(Plain.class)) {
			assertThat(context.getBean(Requests.class).passedSpringsFilter).isNull();
			this.calls.set(1);
			assertThat(get(context)).isEqualTo("/a%20b?c=%C3%A4 null");
			assertThat(context.getBean(Requests.class).passedSpringsFilter).isFalse();
		}
	}

	@Test
	void lifecycleCallbacksOfTheApplicationAreCalled() {
		this.calls.set(1);
		try (ConfigurableApplicationContext context = run(WithCallbacks.class)) {
			assertThat(get(context)).isEqualTo("/a%20b?c=%C3%A4 null");
			assertThat(context.getBean(Callbacks.class).completed).hasValue(1);
			assertThat(context.getBean(Requests.class).passedSpringsFilter).isTrue();
		}
	}

	@Test
	void requestTransformersOfTheApplicationAreApplied() {
		this.calls.set(1);
		try (ConfigurableApplicationContext context = run(WithTransformer.class)) {
			assertThat(get(context)).isEqualTo("/a%20b?c=%C3%A4 yes");
		}
	}

	@Test
	void retriesOfSpringCloudAreUsed() {
		try (ConfigurableApplicationContext context = run(Plain.class, "--spring.cloud.loadbalancer.retry.enabled=true",
				"--spring.cloud.loadbalancer.retry.retryable-status-codes=503")) {
			assertThat(get(context)).isEqualTo("/a%20b?c=%C3%A4 null");
			assertThat(this.calls).hasValue(2);
		}
	}

	private ConfigurableApplicationContext run(Class<?> configuration, String... more) {
		SpringApplication application = new SpringApplication(configuration);
		application.setWebApplicationType(WebApplicationType.NONE);
		List<String> arguments = new ArrayList<>(
				List.of("--spring.main.banner-mode=off", "--spring.reactor.netty.shutdown-quiet-period=50ms",
						"--eas.endpoint=" + this.eas.endpoint(), "--eas.auth.scheme=none",
						"--eas.discovery.allowed-networks=127.0.0.0/8", "--eas.services.short.service-name=echo"));
		arguments.addAll(List.of(more));
		return application.run(arguments.toArray(String[]::new));
	}

	private static String get(ConfigurableApplicationContext context) {
		return context.getBean("balanced", WebClient.Builder.class)
			.build()
			.get()
			.uri("http://short/a b?c={c}", "ä")
			.retrieve()
			.bodyToMono(String.class)
			.block(PATIENCE);
	}

	/** What the newest request was like behind all filters of ours and of Spring's. */
	static final class Requests {

		private volatile Boolean passedSpringsFilter;

		private ClientRequest seen(ClientRequest request) {
			this.passedSpringsFilter = request.attributes().containsKey(INSTANCE);
			return request;
		}

	}

	static final class Callbacks implements LoadBalancerLifecycle<Object, Object, ServiceInstance> {

		private final AtomicInteger completed = new AtomicInteger();

		@Override
		public void onStart(Request<Object> request) {
			// counted at the end
		}

		@Override
		public void onStartRequest(Request<Object> request, Response<ServiceInstance> response) {
			// counted at the end
		}

		@Override
		public void onComplete(CompletionContext<Object, ServiceInstance, Object> context) {
			this.completed.incrementAndGet();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Plain {

		@Bean
		Requests requests() {
			return new Requests();
		}

		@Bean
		@LoadBalanced
		WebClient.Builder balanced(Requests requests) {
			return WebClient.builder()
				.exchangeFunction((request) -> ExchangeFunctions.create(new ReactorClientHttpConnector())
					.exchange(requests.seen(request)));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WithCallbacks extends Plain {

		@Bean
		Callbacks callbacks() {
			return new Callbacks();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WithTransformer extends Plain {

		@Bean
		LoadBalancerClientRequestTransformer transformer() {
			return (request, instance) -> ClientRequest.from(request).header("X-Transformed", "yes").build();
		}

	}

}
