package io.eas.autoconfigure;

import java.net.URI;
import java.net.http.HttpClient.Redirect;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.eas.client.EasTimeoutException;
import io.eas.client.auth.EasTokenSupplier;
import io.eas.emulator.EasEmulator;
import io.eas.client.call.LocalEas;
import io.eas.emulator.EmulatedResponse;
import io.eas.test.RawServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.cloud.client.CommonsClientAutoConfiguration;
import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ReactiveCommonsClientAutoConfiguration;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.cloud.client.loadbalancer.LoadBalancerRequestTransformer;
import org.springframework.cloud.client.loadbalancer.reactive.LoadBalancerBeanPostProcessorAutoConfiguration;
import org.springframework.cloud.client.loadbalancer.reactive.LoadBalancerClientRequestTransformer;
import org.springframework.cloud.client.loadbalancer.reactive.ReactorLoadBalancerClientAutoConfiguration;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClient;
import org.springframework.cloud.loadbalancer.config.BlockingLoadBalancerClientAutoConfiguration;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.support.ServiceInstanceListSuppliers;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.RequestEntity;
import org.springframework.http.client.BufferingClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.ReactorClientHttpRequestFactory;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The credentials of an alias that the application's load-balanced clients send, if
 * {@code load-balanced.credentials} says so. The open service answers with the
 * {@code Authorization} that it was shown, the locked one checks it.
 */
class LoadBalancedCredentialsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static EasEmulator eas;

	@BeforeAll
	static void start() {
		eas = EasEmulator.builder()
			.admin(false)
			.service("open",
					(service) -> service.instances(2,
							(instance) -> instance.handler((request) -> Mono
								.just(EmulatedResponse.text(200, String.valueOf(request.header("Authorization")))))))
			.service("locked", (service) -> service.token("abc")
				.instances(2, (instance) -> instance.handler((request) -> Mono.just(EmulatedResponse.text(200, "in")))))
			.build()
			.start();
	}

	@AfterAll
	static void stop() {
		eas.close();
	}

	private static ApplicationContextRunner application(String... properties) {
		ApplicationContextRunner runner = LocalEas.application()
			.withConfiguration(
					AutoConfigurations.of(EasRestClientAutoConfiguration.class, EasWebClientAutoConfiguration.class,
							CommonsClientAutoConfiguration.class, ReactiveCommonsClientAutoConfiguration.class,
							org.springframework.cloud.client.loadbalancer.LoadBalancerAutoConfiguration.class,
							BlockingLoadBalancerClientAutoConfiguration.class,
							LoadBalancerBeanPostProcessorAutoConfiguration.class,
							ReactorLoadBalancerClientAutoConfiguration.class));
		return runner.withUserConfiguration(Clients.class)
			.withPropertyValues("eas.endpoint=" + eas.endpoint(), "eas.discovery.allowed-networks=127.0.0.0/8",
					"eas.services.open.load-balanced.credentials=true", "eas.services.open.auth.scheme=token",
					"eas.services.locked.load-balanced.credentials=true", "eas.services.locked.token=abc",
					"eas.services.off.service-name=open", "eas.services.off.token=off")
			.withPropertyValues(properties);
	}

	/** Posts a body, and returns the body of the answer. */
	@FunctionalInterface
	interface Client {

		String post(String url, HttpHeaders headers, String body);

		default String post(String url) {
			return post(url, new HttpHeaders(), "{\"n\":1}");
		}

	}

	static Stream<Named<Function<ApplicationContext, Client>>> clients() {
		return Stream.of(
				Named.of("WebClient", (context) -> webClient(context.getBean(WebClient.Builder.class).build())),
				Named.of("WebClient with a filter that copies the request", (context) -> webClient(context
					.getBean(WebClient.Builder.class)
					.clone()
					.filter((request, next) -> next.exchange(ClientRequest.from(request).header("X-Copy", "1").build()))
					.build())),
				Named.of("RestClient", (context) -> {
					RestClient client = context.getBean("balancedRestClients", RestClient.Builder.class).build();
					return (url, headers, body) -> client.post()
						.uri(url)
						.headers((all) -> all.putAll(headers))
						.body(body)
						.retrieve()
						.body(String.class);
				}), Named.of("RestTemplate", (context) -> {
					RestTemplate client = context.getBean(RestTemplate.class);
					return (url, headers, body) -> client
						.exchange(RequestEntity.method(HttpMethod.POST, url).headers(headers).body(body), String.class)
						.getBody();
				}));
	}

	private static Client webClient(WebClient client) {
		return (url, headers, body) -> client.post()
			.uri(url)
			.headers((all) -> all.putAll(headers))
			.bodyValue(body)
			.retrieve()
			.bodyToMono(String.class)
			.block(PATIENCE);
	}

	static Stream<Arguments> clientsEarlyAndLate() {
		return clients().flatMap((client) -> Stream.of(Arguments.of(client, true), Arguments.of(client, false)));
	}

	@ParameterizedTest
	@MethodSource("clientsEarlyAndLate")
	void requestIsSignedWithItsBodyAndQuery(Function<ApplicationContext, Client> client, boolean lazy) {
		ApplicationContextRunner application = application("eas.services.open.token=xyz");
		BeanFactoryPostProcessor order = lazy ? new LazyInitializationBeanFactoryPostProcessor() : (beans) -> {
			// as declared
		};
		application.withInitializer((context) -> context.addBeanFactoryPostProcessor(order)).run((context) -> {
			Client calls = client.apply(context);
			assertThat(calls.post("http://locked/api/predict/locked/a?b=c%20d")).isEqualTo("in");
			assertThat(calls.post("http://locked/api/predict/locked", new HttpHeaders(), "")).isEqualTo("in");
			assertThat(calls.post("http://open/api/predict/open")).isEqualTo("xyz");
		});
	}

	@ParameterizedTest
	@MethodSource("clients")
	void changesByTransformersOfTheApplicationAreSigned(Function<ApplicationContext, Client> client) {
		LoadBalancerClientRequestTransformer reactive = (request, instance) -> ClientRequest.from(request)
			.headers((headers) -> headers.setContentType(MediaType.APPLICATION_JSON))
			.build();
		LoadBalancerRequestTransformer blocking = (request, instance) -> {
			request.getHeaders().setContentType(MediaType.APPLICATION_JSON);
			return request;
		};
		application("eas.services.open.token=xyz")
			.withBean("reactive", LoadBalancerClientRequestTransformer.class, () -> reactive)
			.withBean("blocking", LoadBalancerRequestTransformer.class, () -> blocking)
			.run((context) -> assertThat(client.apply(context).post("http://locked/api/predict/locked"))
				.isEqualTo("in"));
	}

	@ParameterizedTest
	@MethodSource("clients")
	void otherHostsAndAuthorizationsOfTheirOwnGetNone(Function<ApplicationContext, Client> client) {
		application("eas.services.open.token=xyz").run((context) -> {
			Client calls = client.apply(context);
			assertThat(calls.post("http://off/api/predict/open")).isEqualTo("null");
			assertThat(calls.post("http://elsewhere/api/predict/open")).isEqualTo("null");
			HttpHeaders own = new HttpHeaders();
			own.set("Authorization", "mine");
			assertThat(calls.post("http://open/api/predict/open", own, "x")).isEqualTo("mine");
		});
	}

	static Stream<Arguments> clientsAndSuppliers() {
		EasTokenSupplier reactive = (alias) -> Mono.delay(Duration.ofMillis(50)).thenReturn("of-" + alias);
		EasTokenSupplier blocking = (alias) -> Mono.fromCallable(() -> {
			Mono.delay(Duration.ofMillis(50)).block();
			return "of-" + alias;
		});
		return clients().flatMap((client) -> Stream.of(Named.of("reactive", reactive), Named.of("blocking", blocking))
			.map((supplier) -> Arguments.of(client, supplier)));
	}

	@ParameterizedTest
	@MethodSource("clientsAndSuppliers")
	void requestWaitsForTheFirstTokenOfASupplier(Function<ApplicationContext, Client> client,
			EasTokenSupplier supplier) {
		application().withBean(EasTokenSupplier.class, () -> supplier)
			.run((context) -> assertThat(client.apply(context).post("http://open/api/predict/open"))
				.isEqualTo("of-open"));
	}

	@ParameterizedTest
	@MethodSource("clients")
	void requestWithoutATokenInTimeFails(Function<ApplicationContext, Client> client) {
		application("eas.services.open.http.request-timeout=100ms")
			.withBean(EasTokenSupplier.class, () -> (alias) -> Mono.never())
			.run((context) -> assertThatThrownBy(() -> client.apply(context).post("http://open/api/predict/open"))
				.isInstanceOf(EasTimeoutException.class)
				.hasMessage("open: the EasTokenSupplier has given no token within 100 ms (http.request-timeout)"));
	}

	@Test
	void streamedBodyIsSentWithATokenButNotSigned() {
		application("eas.services.open.token=xyz").run((context) -> {
			WebClient client = context.getBean(WebClient.Builder.class).build();
			Function<String, Mono<String>> post = (alias) -> client.post()
				.uri("http://" + alias + "/api/predict/" + alias)
				.body(Flux.just("a", "b"), String.class)
				.retrieve()
				.bodyToMono(String.class);
			assertThat(post.apply("open").block(PATIENCE)).isEqualTo("xyz");
			assertThatThrownBy(() -> post.apply("locked").block(PATIENCE))
				.hasStackTraceContaining("locked: a body that is streamed can't be signed");
		});
	}

	@Test
	void filterThatSendsTheRequestToAnotherHostSendsNoCredentials() {
		application("eas.services.open.token=xyz").run((context) -> {
			AtomicInteger moved = new AtomicInteger();
			Client calls = webClient(context.getBean(WebClient.Builder.class).clone().filter((request, next) -> {
				moved.incrementAndGet();
				return next.exchange(ClientRequest.from(request)
					.url(URI.create("http://" + eas.endpoint() + "/api/predict/open"))
					.build());
			}).build());
			assertThat(calls.post("http://open/api/predict/open")).isEqualTo("null");
			assertThat(moved).hasValue(1);
		});
	}

	@ParameterizedTest
	@MethodSource("clients")
	void refreshSwitchesCredentialsOn(Function<ApplicationContext, Client> client) {
		application("eas.services.open.token=xyz", "eas.services.open.load-balanced.credentials=false",
				"eas.services.locked.load-balanced.credentials=false")
			.withConfiguration(AutoConfigurations.of(EasRefreshAutoConfiguration.class))
			.run((context) -> {
				Client calls = client.apply(context);
				assertThat(calls.post("http://open/api/predict/open")).isEqualTo("null");
				TestPropertyValues.of("eas.services.open.load-balanced.credentials=true").applyTo(context);
				context.publishEvent(new EnvironmentChangeEvent(context, Set.of()));
				assertThat(calls.post("http://open/api/predict/open")).isEqualTo("xyz");
			});
	}

	@FunctionalInterface
	interface FollowingClient {

		String call(ApplicationContext context, HttpMethod method, String url);

	}

	private static FollowingClient restClient(Supplier<ClientHttpRequestFactory> factory) {
		return (context, method,
				url) -> String.valueOf(context.getBean("balancedRestClients", RestClient.Builder.class)
					.clone()
					.requestFactory(factory.get())
					.build()
					.method(method)
					.uri(url)
					.retrieve()
					.body(String.class));
	}

	private static FollowingClient webClient(Supplier<ClientHttpConnector> connector) {
		return (context, method,
				url) -> String.valueOf(context.getBean(WebClient.Builder.class)
					.clone()
					.clientConnector(connector.get())
					.build()
					.method(method)
					.uri(url)
					.retrieve()
					.bodyToMono(String.class)
					.block(PATIENCE));
	}

	private static java.net.http.HttpClient jdk(Redirect redirect) {
		return java.net.http.HttpClient.newBuilder().followRedirects(redirect).build();
	}

	/** Libraries that follow a redirect, and drop the header where it leaves the host. */
	static Stream<Arguments> librariesThatDropCredentials() {
		HttpClient reactor = HttpClient.create().followRedirect(true);
		return Stream.of(HttpMethod.GET, HttpMethod.POST)
			.flatMap((method) -> Stream.of(
					Arguments.of(Named.of("ReactorClientHttpRequestFactory",
							restClient(() -> new ReactorClientHttpRequestFactory(reactor))), method),
					Arguments.of(Named.of("ReactorClientHttpConnector",
							webClient(() -> new ReactorClientHttpConnector(reactor))), method)));
	}

	@ParameterizedTest
	@MethodSource("librariesThatDropCredentials")
	void redirectToAnotherHostGetsNoCredentials(FollowingClient client, HttpMethod method) throws Exception {
		redirected((context, target, instance) -> {
			client.call(context, method, "http://raw/a");
			assertThat(instance.requests()).singleElement().asString().contains("Bearer secret");
			assertThat(target.requests()).singleElement().asString().doesNotContain("secret");
		});
	}

	@Test
	void redirectThatRestTemplateFollowsByDefaultGetsNoCredentials() throws Exception {
		redirected((context, target, instance) -> {
			context.getBean(RestTemplate.class).getForObject("http://raw/a", String.class);
			assertThat(instance.requests()).singleElement().asString().contains("Bearer secret");
			assertThat(target.requests()).singleElement().asString().doesNotContain("secret");
		});
	}

	static Stream<Arguments> librariesThatKeepCredentials() {
		String redirects = "set spring.http.clients.redirects to dont-follow";
		return Stream.of(
				Arguments.of(Named.of("JdkClientHttpRequestFactory",
						restClient(() -> new JdkClientHttpRequestFactory(jdk(Redirect.NORMAL)))), redirects),
				Arguments.of(Named.of("a wrapped JdkClientHttpRequestFactory",
						restClient(() -> new BufferingClientHttpRequestFactory(
								new JdkClientHttpRequestFactory(jdk(Redirect.NORMAL))))),
						redirects),
				Arguments.of(Named.of("a factory of the application",
						restClient(() -> (uri, method) -> new JdkClientHttpRequestFactory(jdk(Redirect.NORMAL))
							.createRequest(uri, method))),
						redirects),
				Arguments.of(
						Named.of("JdkClientHttpConnector",
								webClient(() -> new JdkClientHttpConnector(jdk(Redirect.NORMAL)))),
						"give the client a ReactorClientHttpConnector"));
	}

	@ParameterizedTest
	@MethodSource("librariesThatKeepCredentials")
	void requestIsRefusedIfARedirectMayGetItsCredentials(FollowingClient client, String remedy) throws Exception {
		redirected((context, target, instance) -> {
			assertThatThrownBy(() -> client.call(context, HttpMethod.POST, "http://raw/a"))
				.hasStackTraceContaining("raw: no credentials are added to the request")
				.hasStackTraceContaining(remedy);
			assertThat(instance.requests()).isEmpty();
			assertThat(target.requests()).isEmpty();
		});
	}

	@Test
	void libraryThatFollowsNoRedirectGetsCredentials() throws Exception {
		redirected((context, target, instance) -> {
			restClient(() -> new JdkClientHttpRequestFactory(jdk(Redirect.NEVER))).call(context, HttpMethod.GET,
					"http://raw/a");
			assertThat(instance.requests()).singleElement().asString().contains("Bearer secret");
			assertThat(target.requests()).isEmpty();
		});
	}

	@FunctionalInterface
	interface Redirected {

		void call(ApplicationContext context, RawServer target, RawServer instance);

	}

	/** Runs an application whose service answers with a redirect to another host. */
	private static void redirected(Redirected test) throws Exception {
		try (RawServer target = RawServer
			.answering("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
				RawServer instance = RawServer
					.answering("HTTP/1.1 307 Moved\r\nConnection: close\r\nLocation: http://localhost:" + target.port()
							+ "/b\r\nContent-Length: 0\r\n\r\n")) {
			application("eas.services.raw.mode=static", "eas.services.raw.load-balanced.credentials=true",
					"eas.services.raw.instances=127.0.0.1:" + instance.port(), "eas.services.raw.token=secret",
					"eas.services.raw.auth.scheme=bearer", "eas.services.open.token=xyz")
				.run((context) -> test.call(context, target, instance));
		}
	}

	/** Another service of the application, whose balancer is Spring Cloud's. */
	static class Elsewhere {

		@Bean
		ServiceInstanceListSupplier elsewhere(Environment environment) {
			URI endpoint = URI.create("http://" + eas.endpoint());
			ServiceInstance instance = new DefaultServiceInstance("1", "elsewhere", endpoint.getHost(),
					endpoint.getPort(), false);
			return ServiceInstanceListSuppliers.from("elsewhere", instance);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@LoadBalancerClient(name = "elsewhere", configuration = Elsewhere.class)
	static class Clients {

		@Bean
		@LoadBalanced
		WebClient.Builder balancedWebClients() {
			return WebClient.builder()
				.clientConnector(new ReactorClientHttpConnector(HttpClient.create().followRedirect(true)));
		}

		@Bean
		@LoadBalanced
		RestClient.Builder balancedRestClients() {
			return RestClient.builder()
				.requestFactory(new ReactorClientHttpRequestFactory(HttpClient.create().followRedirect(true)));
		}

		@Bean
		@LoadBalanced
		RestTemplate balancedRestTemplate() {
			return new RestTemplate();
		}

	}

}
