package io.eas.autoconfigure;

import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedInstance;
import io.eas.emulator.EmulatedResponse;
import io.eas.service.EasService;
import io.eas.service.EasServices;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.service.HttpServiceClientPropertiesAutoConfiguration;
import org.springframework.boot.http.codec.autoconfigure.CodecsAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.boot.webclient.autoconfigure.service.ReactiveHttpServiceClientAutoConfiguration;
import org.springframework.cloud.client.CommonsClientAutoConfiguration;
import org.springframework.cloud.client.ReactiveCommonsClientAutoConfiguration;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;
import org.springframework.cloud.client.loadbalancer.LoadBalancerDefaultMappingsProviderAutoConfiguration;
import org.springframework.cloud.client.loadbalancer.reactive.LoadBalancerBeanPostProcessorAutoConfiguration;
import org.springframework.cloud.client.loadbalancer.reactive.ReactorLoadBalancerClientAutoConfiguration;
import org.springframework.cloud.client.loadbalancer.reactive.ReactorLoadBalancerExchangeFilterFunction;
import org.springframework.cloud.loadbalancer.config.BlockingLoadBalancerClientAutoConfiguration;
import org.springframework.cloud.loadbalancer.config.LoadBalancerAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import org.springframework.web.service.registry.HttpServiceGroup.ClientType;
import org.springframework.web.service.registry.ImportHttpServices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Spring's own load-balanced clients tell how their attempts end, whichever they are.
 */
@TestInstance(Lifecycle.PER_CLASS)
class ReportingClientsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final int CALLS = 20;

	private EasEmulator eas;

	private ConfigurableApplicationContext context;

	@BeforeAll
	void start() {
		this.eas = EasEmulator.builder()
			.admin(false)
			.service("echo", (service) -> service.instances(2,
					(instance) -> instance.handler((request) -> Mono.just(EmulatedResponse.text(200, request.uri())))))
			.build()
			.start();
	}

	@AfterAll
	void stop() {
		this.eas.close();
	}

	@AfterEach
	void close() {
		this.context.close();
		instance().heal();
	}

	static Stream<Named<Function<ConfigurableApplicationContext, Call>>> clients() {
		return Stream.of(Named.of("RestClient", (context) -> {
			RestClient client = context.getBean(RestClient.Builder.class).build();
			return () -> client.get().uri("http://pair/a").retrieve().body(String.class);
		}), Named.of("RestTemplate", (context) -> {
			RestTemplate client = context.getBean(RestTemplate.class);
			return () -> client.getForObject("http://pair/a", String.class);
		}), Named.of("WebClient", (context) -> {
			WebClient client = context.getBean("balanced", WebClient.Builder.class).build();
			return () -> client.get().uri("http://pair/a").retrieve().bodyToMono(String.class).block(PATIENCE);
		}), Named.of("WebClient with Spring's filter", (context) -> {
			WebClient client = WebClient.builder()
				.filter(context.getBean(ReactorLoadBalancerExchangeFilterFunction.class))
				.build();
			return () -> client.get().uri("http://pair/a").retrieve().bodyToMono(String.class).block(PATIENCE);
		}), Named.of("HTTP interface over WebClient", (context) -> context.getBean(Pair.class)::get),
				Named.of("HTTP interface over RestClient", (context) -> {
					BlockingPair client = context.getBean(BlockingPair.class);
					return client::get;
				}));
	}

	@ParameterizedTest
	@MethodSource("clients")
	void deadInstanceFailsOnlyOneCall(Function<ConfigurableApplicationContext, Call> client) {
		run("5m");
		Call call = client.apply(this.context);
		instance().refuse();
		assertThat(failures(call)).isOne();
		assertThat(service().selector().inFlight()).isZero();
	}

	@ParameterizedTest
	@MethodSource("clients")
	void recoveredInstanceIsUsedAgain(Function<ConfigurableApplicationContext, Call> client) {
		run("500ms");
		Call call = client.apply(this.context);
		instance().refuse();
		assertThat(failures(call)).isPositive();
		instance().heal();
		await().atMost(PATIENCE).until(() -> failures(call) == 0 && ejected() == 0);
	}

	@ParameterizedTest
	@MethodSource("clients")
	void instanceThatResponds503IsEjected(Function<ConfigurableApplicationContext, Call> client) {
		run("5m");
		Call call = client.apply(this.context);
		instance().status(503);
		assertThat(failures(call)).isEqualTo(3);
	}

	@Test
	void plainChooseGetsNoTrialAndDoesNotPreventOne() {
		run("500ms");
		RestClient client = this.context.getBean(RestClient.Builder.class).build();
		Call call = () -> client.get().uri("http://pair/a").retrieve().body(String.class);
		instance().refuse();
		failures(call);
		assertThat(ejected()).isOne();
		instance().heal();
		LoadBalancerClient chooser = this.context.getBean(LoadBalancerClient.class);
		Set<Integer> chosen = IntStream.range(0, 1000)
			.mapToObj((i) -> chooser.choose("pair").getPort())
			.collect(Collectors.toSet());
		assertThat(chosen).doesNotContain(instance().port()).hasSize(1);
		await().atMost(PATIENCE).until(() -> failures(call) == 0 && ejected() == 0);
	}

	private long failures(Call call) {
		return IntStream.range(0, CALLS).filter((i) -> fails(call)).count();
	}

	private static boolean fails(Call call) {
		try {
			assertThat(call.make()).isEqualTo("/a");
			return false;
		}
		catch (RuntimeException ex) {
			return true;
		}
	}

	private int ejected() {
		return service().selector().ejected(service().cache().current());
	}

	private EasService service() {
		return this.context.getBean(EasServices.class).service("pair");
	}

	private EmulatedInstance instance() {
		return this.eas.service("echo").instance(0);
	}

	private void run(String baseTime) {
		SpringApplication application = new SpringApplication(Application.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		this.context = application.run("--spring.main.banner-mode=off",
				"--spring.reactor.netty.shutdown-quiet-period=50ms", "--eas.endpoint=" + this.eas.endpoint(),
				"--eas.auth.scheme=none", "--eas.discovery.allowed-networks=127.0.0.0/8",
				"--eas.services.pair.service-name=echo", "--eas.ejection.base-time=" + baseTime);
	}

	/** A call that a client makes. */
	@FunctionalInterface
	interface Call {

		String make();

	}

	/** Over a WebClient. */
	interface Pair {

		@GetExchange("/a")
		String get();

	}

	/** Over a RestClient. */
	interface BlockingPair {

		@GetExchange("/a")
		String get();

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ EasAutoConfiguration.class, EasWebClientAutoConfiguration.class,
			CodecsAutoConfiguration.class, JacksonAutoConfiguration.class, ReactiveHttpClientAutoConfiguration.class,
			WebClientAutoConfiguration.class, HttpServiceClientPropertiesAutoConfiguration.class,
			ReactiveHttpServiceClientAutoConfiguration.class, CommonsClientAutoConfiguration.class,
			ReactiveCommonsClientAutoConfiguration.class,
			org.springframework.cloud.client.loadbalancer.LoadBalancerAutoConfiguration.class,
			LoadBalancerAutoConfiguration.class, BlockingLoadBalancerClientAutoConfiguration.class,
			LoadBalancerDefaultMappingsProviderAutoConfiguration.class,
			LoadBalancerBeanPostProcessorAutoConfiguration.class, ReactorLoadBalancerClientAutoConfiguration.class })
	@ImportHttpServices(group = "pair", types = Pair.class, clientType = ClientType.WEB_CLIENT)
	static class Application {

		@Bean
		@LoadBalanced
		WebClient.Builder balanced() {
			return WebClient.builder();
		}

		@Bean
		@LoadBalanced
		RestClient.Builder restClients() {
			return RestClient.builder();
		}

		@Bean
		@LoadBalanced
		RestTemplate restTemplate() {
			return new RestTemplate();
		}

		@Bean
		BlockingPair blockingPair(RestClient.Builder clients) {
			return HttpServiceProxyFactory
				.builderFor(RestClientAdapter.create(clients.clone().baseUrl("http://pair").build()))
				.build()
				.createClient(BlockingPair.class);
		}

	}

}
