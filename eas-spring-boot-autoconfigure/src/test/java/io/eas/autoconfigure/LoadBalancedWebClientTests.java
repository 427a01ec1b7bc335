package io.eas.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedHandler;
import io.eas.emulator.EmulatedInstance;
import io.eas.emulator.EmulatedResponse;
import io.eas.emulator.ServiceBuilder;
import io.eas.loadbalanced.EasServiceInstance;
import io.eas.loadbalanced.InstanceCredentials;
import io.eas.loadbalanced.WebClientAttempts;
import io.eas.loadbalancer.InstanceState;
import io.eas.loadbalancer.TriedInstances;
import io.eas.service.EasServices;
import io.eas.test.RawServer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.cloud.client.loadbalancer.reactive.ReactiveLoadBalancer;
import org.springframework.cloud.loadbalancer.core.RoundRobinLoadBalancer;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.codec.EncodingException;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * {@code http://alias/…} in an application with all of Spring Cloud LoadBalancer's
 * auto-configuration, and another service that is none of ours.
 */
@Tag("application")
@TestInstance(Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class LoadBalancedWebClientTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private EasEmulator eas;

	private EasEmulator others;

	private RawServer kept;

	private ConfigurableApplicationContext context;

	private WebClient client;

	private String log;

	@BeforeAll
	void start(CapturedOutput output) {
		this.eas = EasEmulator.builder()
			.admin(false)
			.service("mnist_saved_model", (service) -> instances(service, "mnist", 1, 2, 5))
			.service("qwen_chat", (service) -> instances(service, "llm", 100))
			.service("spare", (service) -> instances(service, "spare", 100, 100, 100))
			.service("steady", (service) -> instances(service, "steady", 100, 100, 100))
			.service("stuck", (service) -> instances(service, "stuck", 100, 100, 100))
			.service("locked", (service) -> instances(service.token("abc"), "locked", 100))
			.build()
			.start();
		this.others = EasEmulator.builder()
			.admin(false)
			.service("orders", (service) -> instances(service, "orders", 100, 100))
			.build()
			.start();
		this.kept = RawServer.keepingConnections((socket, request) -> {
			RawServer.send(socket, "HTTP/1.1 103 Early Hints\r\n\r\n");
			String target = request.split(" ", 3)[1];
			RawServer.send(socket, "HTTP/1.1 200 OK\r\nContent-Length: " + target.length() + "\r\n\r\n" + target);
		});
		SpringApplication application = new SpringApplication(Application.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		this.context = application.run("--spring.main.banner-mode=off",
				"--spring.reactor.netty.shutdown-quiet-period=50ms", "--eas.endpoint=" + this.eas.endpoint(),
				"--eas.auth.scheme=none", "--eas.discovery.allowed-networks=127.0.0.0/8",
				"--eas.services.mnist.service-name=mnist_saved_model", "--eas.services.llm.service-name=qwen_chat",
				"--eas.services.locked.service-name=locked", "--eas.services.spare.service-name=spare",
				"--eas.services.steady.service-name=steady", "--eas.services.stuck.service-name=stuck",
				"--eas.services.kept.mode=static", "--eas.services.kept.instances=127.0.0.1:" + this.kept.port(),
				"--eas.services.stuck.ejection.base-time=5m", "--eas.services.spare.ejection.base-time=5m", orders(0),
				orders(1));
		this.client = this.context.getBean("balanced", WebClient.Builder.class).build();
		List.of("mnist", "llm", "locked")
			.forEach((alias) -> this.context.getBean(LoadBalancerClientFactory.class).getInstance(alias));
		this.log = output.toString();
	}

	private static void instances(ServiceBuilder service, String name, int... weights) {
		for (int weight : weights) {
			EmulatedHandler handler = (request) -> Mono
				.just(EmulatedResponse.text(200, name + ";" + weight + ";" + request.uri()));
			service.instance((instance) -> instance.weight(weight).handler(handler));
		}
	}

	private String orders(int index) {
		return "--spring.cloud.discovery.client.simple.instances.orders[" + index + "].uri=http://"
				+ this.others.service("orders").instance(index).address();
	}

	@AfterAll
	void close() throws IOException {
		this.context.close();
		this.eas.close();
		this.others.close();
		this.kept.close();
	}

	@Test
	void eachCallGetsItsOwnResponseDespiteInterimOnes() {
		for (int i = 0; i < 6; i++) {
			assertThat(get("http://kept/" + i).block(PATIENCE)).isEqualTo("/" + i);
		}
	}

	@Test
	void callsOfAClientWithItsOwnFilterGetTheirOwnResponses() {
		WebClient filtered = this.client.mutate()
			.filter((request, next) -> next.exchange(ClientRequest.from(request).header("X-Mine", "1").build()))
			.build();
		for (int i = 0; i < 6; i++) {
			assertThat(filtered.get().uri("http://kept/" + i).retrieve().bodyToMono(String.class).block(PATIENCE))
				.isEqualTo("/" + i);
		}
	}

	@Test
	void callsSentBySpringsFilterGetTheirOwnResponses() {
		WebClientAttempts flights = this.context.getBean(WebClientAttempts.class);
		EasServices services = this.context.getBean(EasServices.class);
		for (int i = 0; i < 6; i++) {
			InstanceState state = services.service("kept").selector().states().get(0);
			ServiceInstance instance = new EasServiceInstance("kept", state, false);
			URI uri = URI.create(instance.getUri() + "/" + i);
			ClientRequest request = flights.transformRequest(ClientRequest.create(HttpMethod.GET, uri).build(),
					instance);
			assertThat(WebClient.builder()
				.filter(flights)
				.build()
				.get()
				.uri(uri)
				.attributes((attributes) -> attributes.putAll(request.attributes()))
				.retrieve()
				.bodyToMono(String.class)
				.block(PATIENCE)).isEqualTo("/" + i);
		}
	}

	@Test
	void aliasReachesInstancesByWeight() {
		List<String> answers = Flux.range(0, 80)
			.concatMap((i) -> get("http://mnist/api/predict/mnist_saved_model/v1?a=1"))
			.collectList()
			.block(PATIENCE);
		assertThat(answers).filteredOn("mnist;1;/api/predict/mnist_saved_model/v1?a=1"::equals).hasSize(10);
		assertThat(answers).filteredOn("mnist;2;/api/predict/mnist_saved_model/v1?a=1"::equals).hasSize(20);
		assertThat(answers).filteredOn("mnist;5;/api/predict/mnist_saved_model/v1?a=1"::equals).hasSize(50);
	}

	@Test
	void eachAliasReachesItsOwnService() {
		assertThat(get("http://llm/api/predict/qwen_chat").block(PATIENCE)).startsWith("llm;");
		assertThat(get("http://mnist/api/predict/mnist_saved_model").block(PATIENCE)).startsWith("mnist;");
	}

	@Test
	void plainWebClientSendsNoToken() {
		assertThatExceptionOfType(WebClientResponseException.Unauthorized.class)
			.isThrownBy(() -> get("http://locked/api/predict/locked").block(PATIENCE))
			.satisfies((failure) -> assertThat(Objects.requireNonNull(failure.getRequest()).getURI())
				.hasPath("/api/predict/locked"));
	}

	@Test
	void otherServicesOfTheApplicationAreLeftToSpring() {
		assertThat(this.context.getBean(LoadBalancerClientFactory.class).getInstance("orders"))
			.isInstanceOf(RoundRobinLoadBalancer.class);
		List<String> answers = Flux.range(0, 10)
			.concatMap((i) -> get("http://orders/api/predict/orders"))
			.collectList()
			.block(PATIENCE);
		assertThat(answers).hasSize(10).allMatch((answer) -> answer.startsWith("orders;"));
		assertThat(this.others.service("orders").instance(0).requests()).isEqualTo(5);
		assertThat(this.others.service("orders").instance(1).requests()).isEqualTo(5);
	}

	@Test
	void eachAliasHasTheLoadBalancerOfTheStarter() {
		LoadBalancerClientFactory factory = this.context.getBean(LoadBalancerClientFactory.class);
		assertThat(List.of("mnist", "llm", "locked")).map(factory::getInstance)
			.map(ReactiveLoadBalancer::getClass)
			.map((Class<?> type) -> type.getName())
			.containsOnly("io.eas.loadbalanced.EasLoadBalancer");
	}

	@Test
	void noClientBuilderBeansAreAdded() {
		assertThat(this.context.getBeanNamesForType(WebClient.Builder.class)).containsOnly("balanced");
		// that of Spring Boot
		assertThat(this.context.getBeanNamesForType(RestClient.Builder.class)).containsOnly("restClientBuilder");
	}

	@Test
	void listSupplierOfAnAliasReturnsTheListOfItsService() {
		ServiceInstanceListSupplier supplier = this.context.getBean(LoadBalancerClientFactory.class)
			.getInstance("mnist", ServiceInstanceListSupplier.class);
		assertThat(supplier.getServiceId()).isEqualTo("mnist");
		assertThat(supplier.get().blockFirst(PATIENCE)).hasSize(3)
			.map(ServiceInstance::getPort)
			.containsExactlyInAnyOrderElementsOf(
					this.eas.service("mnist_saved_model").instances().stream().map(EmulatedInstance::port).toList());
	}

	@Test
	void callsAreInFlightUntilTheEndOfTheirBodies() {
		EmulatedInstance instance = this.eas.service("qwen_chat").instance(0);
		instance.late(Duration.ofSeconds(1));
		try {
			Mono<String> call = get("http://llm/api/predict/qwen_chat").cache();
			Disposable running = call.subscribe();
			await().until(() -> inFlight("llm"), (count) -> count == 1);
			call.block(PATIENCE);
			await().until(() -> inFlight("llm"), (count) -> count == 0);
			running.dispose();
			Disposable cancelled = get("http://llm/api/predict/qwen_chat").subscribe();
			await().until(() -> inFlight("llm"), (count) -> count == 1);
			cancelled.dispose();
			await().until(() -> inFlight("llm"), (count) -> count == 0);
		}
		finally {
			instance.heal();
		}
	}

	@Test
	void attemptsAreCountedByTheMeters() {
		Counter answered = this.context.getBean(MeterRegistry.class)
			.get("eas.client.attempts")
			.tags("eas.service", "locked", "result", "answered")
			.counter();
		double before = answered.count();
		get("http://locked/api/predict/locked").onErrorComplete().block(PATIENCE);
		assertThat(answered.count()).isEqualTo(before + 1);
	}

	@Test
	void failingFilterLeavesNoAttemptInFlight() {
		WebClient broken = this.client.mutate().filter((request, next) -> {
			throw new IllegalStateException("a bug");
		}).build();
		Mono<String> call = broken.get().uri("http://llm/").retrieve().bodyToMono(String.class);
		assertThatIllegalStateException().isThrownBy(() -> call.block(PATIENCE)).withMessage("a bug");
		assertThat(inFlight("llm")).isZero();
	}

	private int inFlight(String alias) {
		return this.context.getBean(EasServices.class)
			.service(alias)
			.selector()
			.states()
			.stream()
			.mapToInt(InstanceState::inFlight)
			.sum();
	}

	@Test
	void instanceThatRefusesConnectionsIsEjected() {
		EmulatedInstance broken = this.eas.service("spare").instance(1);
		broken.refuse();
		List<Integer> failed = Flux.range(0, 60)
			.concatMap((i) -> get("http://spare/api/predict/spare").map((answer) -> 0).onErrorReturn(1))
			.collectList()
			.block(PATIENCE);
		assertThat(failed.stream().mapToInt(Integer::intValue).sum()).isEqualTo(1);
	}

	@Test
	void instanceWithUnfinishedResponsesIsNotEjected() {
		List<Disposable> streams = new ArrayList<>();
		for (int n = 0; n < 5; n++) {
			streams.add(exchange("steady", 0, Mono.just(answer(Flux.never()))).subscribe());
		}
		answerAllTheTime("steady", 1, Duration.ofMillis(1200));
		assertThat(states("steady")).noneMatch((state) -> state.contains("Ejected"));
		streams.forEach(Disposable::dispose);
		assertThat(inFlight("steady")).isZero();
	}

	@Test
	void instanceThatRespondsToNothingIsEjected() {
		List<Disposable> calls = new ArrayList<>();
		for (int n = 0; n < 5; n++) {
			calls.add(exchange("stuck", 0, Mono.never()).subscribe());
		}
		answerAllTheTime("stuck", 1, Duration.ofMillis(1200));
		assertThat(states("stuck")).anyMatch((state) -> state.contains("Ejected"));
		calls.forEach(Disposable::dispose);
	}

	@Test
	void failuresOfTheApplicationDoNotEjectTheInstance() {
		for (int n = 0; n < 10; n++) {
			exchange("llm", 0, Mono.error(new EncodingException("no JSON"))).onErrorComplete().block(PATIENCE);
			exchange("llm", 0, Mono.error(new UnsupportedOperationException("a filter's own"))).onErrorComplete()
				.block(PATIENCE);
		}
		assertThat(states("llm")).noneMatch((state) -> state.contains("Ejected"));
		assertThat(inFlight("llm")).isZero();
	}

	/** An exchange as it is behind the filter that picks. */
	private Mono<byte[]> exchange(String alias, int index, Mono<ClientResponse> answer) {
		EasServices services = this.context.getBean(EasServices.class);
		services.service(alias).selector().pick(new TriedInstances(), null, true);
		InstanceState state = services.service(alias).selector().states().get(index);
		WebClientAttempts flights = new WebClientAttempts(services, new InstanceCredentials(services, (any) -> false));
		ClientRequest request = flights.transformRequest(
				ClientRequest.create(HttpMethod.GET, URI.create("http://" + alias + "/")).build(),
				new EasServiceInstance(alias, state, false));
		return flights.filter(request, (sent) -> answer).flatMap((response) -> response.bodyToMono(byte[].class));
	}

	private static ClientResponse answer(Flux<DataBuffer> body) {
		return ClientResponse.create(HttpStatus.OK).body(body).build();
	}

	private void answerAllTheTime(String alias, int index, Duration time) {
		Flux.interval(Duration.ofMillis(10))
			.take(time)
			.concatMap((tick) -> exchange(alias, index, Mono.just(answer(Flux.empty()))))
			.blockLast(PATIENCE);
	}

	private List<String> states(String alias) {
		return this.context.getBean(EasServices.class)
			.service(alias)
			.selector()
			.states()
			.stream()
			.map(Object::toString)
			.toList();
	}

	/** What Spring says of its own load balancer's cache, for orders, isn't ours. */
	@Test
	void startAndFirstCallsLogNoWarning() {
		assertThat(this.log.lines()).anyMatch((line) -> line.contains(" INFO "));
		assertThat(this.log.lines().filter((line) -> line.contains(" WARN ") || line.contains(" ERROR "))).isEmpty();
	}

	private Mono<String> get(String uri) {
		return this.client.get().uri(uri).retrieve().bodyToMono(String.class);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		@LoadBalanced
		WebClient.Builder balanced() {
			return WebClient.builder();
		}

	}

}
