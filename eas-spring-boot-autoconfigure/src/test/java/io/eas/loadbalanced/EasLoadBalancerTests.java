package io.eas.loadbalanced;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.eas.discovery.InstanceCache;
import io.eas.discovery.InstanceSource;
import io.eas.instance.EasInstance;
import io.eas.instance.Gateway;
import io.eas.instance.InstanceList.Source;
import io.eas.instance.TestInstances;
import io.eas.loadbalancer.AttemptListener;
import io.eas.loadbalancer.EjectionListener;
import io.eas.loadbalancer.InstanceState;
import io.eas.loadbalancer.selection.InstanceSelector;
import io.eas.loadbalancer.selection.SelectionSettings;
import io.eas.loadbalancer.weighted.WeightedRoundRobin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.DefaultRequest;
import org.springframework.cloud.client.loadbalancer.LoadBalancerUriTools;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.Response;
import org.springframework.cloud.client.loadbalancer.RetryableRequestContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Spring Cloud LoadBalancer sees of a service.
 */
class EasLoadBalancerTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final Request<?> FIRST = new DefaultRequest<>();

	private final InstanceCache cache = new InstanceCache(Clock.systemUTC());

	private final EasLoadBalancer loadBalancer = loadBalancer(null);

	@Test
	void describesTheInstanceItPicked() {
		this.cache.succeed(List.of(new EasInstance("10.0.0.1", 8501, 7)), Source.DISCOVERY);
		ServiceInstance instance = choose(FIRST);
		assertThat(instance.getServiceId()).isEqualTo("mnist");
		assertThat(instance.getInstanceId()).isEqualTo("10.0.0.1:8501");
		assertThat(instance.getHost()).isEqualTo("10.0.0.1");
		assertThat(instance.getPort()).isEqualTo(8501);
		assertThat(instance.isSecure()).isFalse();
		assertThat(instance.getScheme()).isEqualTo("http");
		assertThat(instance.getUri()).isEqualTo(URI.create("http://10.0.0.1:8501"));
		assertThat(instance.getMetadata()).containsEntry("weight", "7");
	}

	@Test
	void addressOfIpv6InstanceIsValidInUrl() {
		this.cache.succeed(List.of(new EasInstance("2001:db8:0:0:0:0:0:1", 8501, 7)), Source.DISCOVERY);
		URI url = LoadBalancerUriTools.reconstructURI(choose(FIRST), URI.create("http://mnist/a?b=c"));
		assertThat(url).isEqualTo(URI.create("http://[2001:db8:0:0:0:0:0:1]:8501/a?b=c"));
		assertThat(choose(FIRST).getUri()).isEqualTo(URI.create("http://[2001:db8:0:0:0:0:0:1]:8501"));
	}

	@Test
	void picksByWeight() {
		this.cache.succeed(TestInstances.instances(1, 9, 0), Source.DISCOVERY);
		List<String> hosts = IntStream.range(0, 1000).mapToObj((i) -> choose(FIRST).getHost()).toList();
		assertThat(hosts.stream().filter("10.0.0.0"::equals)).hasSize(100);
		assertThat(hosts.stream().filter("10.0.0.1"::equals)).hasSize(900);
	}

	@Test
	void retrySkipsThePreviousInstance() {
		this.cache.succeed(TestInstances.instances(1000, 1), Source.DISCOVERY);
		for (int n = 0; n < 1000; n++) {
			ServiceInstance first = choose(FIRST);
			ServiceInstance second = choose(new DefaultRequest<>(new RetryableRequestContext(first)));
			assertThat(second.getHost()).isNotEqualTo(first.getHost());
		}
	}

	@Test
	void retryWithoutKnownPreviousInstanceSkipsNoInstance() {
		this.cache.succeed(TestInstances.instances(1, 1), Source.DISCOVERY);
		ServiceInstance foreign = new DefaultServiceInstance("x", "mnist", "10.0.0.0", 8501, false);
		assertThat(hosts(new DefaultRequest<>(new RetryableRequestContext(null)))).hasSize(2);
		assertThat(hosts(new DefaultRequest<>(new RetryableRequestContext(foreign)))).hasSize(2);
	}

	@Test
	void followsTheListAsItChanges() {
		this.cache.succeed(List.of(TestInstances.instance(1, 1)), Source.DISCOVERY);
		assertThat(choose(FIRST).getHost()).isEqualTo("10.0.0.1");
		this.cache.succeed(List.of(TestInstances.instance(2, 1)), Source.DISCOVERY);
		assertThat(choose(FIRST).getHost()).isEqualTo("10.0.0.2");
	}

	@Test
	void instancesAreEqualByServiceAndAddress() {
		this.cache.succeed(TestInstances.instances(1), Source.DISCOVERY);
		ServiceInstance before = choose(FIRST);
		this.cache.succeed(List.of(TestInstances.instance(1, 1)), Source.DISCOVERY);
		assertThat(choose(FIRST)).isNotEqualTo(before);
		this.cache.succeed(TestInstances.instances(7), Source.DISCOVERY);
		assertThat(choose(FIRST)).isNotSameAs(before).isEqualTo(before).hasSameHashCodeAs(before);
		InstanceState state = ((EasServiceInstance) before).state();
		assertThat(new EasServiceInstance("other", state, false)).isNotEqualTo(before);
	}

	@Test
	void waitsForTheFirstList() {
		StepVerifier.withVirtualTime(() -> this.loadBalancer.choose(FIRST).map(EasLoadBalancerTests::hostOf))
			.expectSubscription()
			.expectNoEvent(PATIENCE.minusMillis(1))
			.then(() -> this.cache.succeed(TestInstances.instances(1), Source.DISCOVERY))
			.expectNext("10.0.0.0")
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void responseIsEmptyIfNoListArrives() {
		StepVerifier.withVirtualTime(() -> this.loadBalancer.choose(FIRST).map(Response::hasServer))
			.expectSubscription()
			.expectNoEvent(PATIENCE.minusMillis(1))
			.thenAwait(Duration.ofMillis(1))
			.expectNext(false)
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void picksAnewForEachSubscription() {
		this.cache.succeed(TestInstances.instances(1, 1), Source.DISCOVERY);
		Mono<String> choice = this.loadBalancer.choose(FIRST).map(EasLoadBalancerTests::hostOf);
		String first = choice.block(PATIENCE);
		assertThat(choice.block(PATIENCE)).isNotEqualTo(first);
	}

	@ParameterizedTest
	@CsvSource({ "false, http, 80", "true, https, 443" })
	void gatewayIsUsedWhileNoInstanceIsKnown(boolean secure, String scheme, int port) {
		EasInstance address = new EasInstance("eas.test", port, 100);
		EasLoadBalancer balancer = loadBalancer(new Gateway(address, secure));
		ServiceInstance first = balancer.choose(FIRST).block(PATIENCE).getServer();
		assertThat(first.getHost()).isEqualTo("eas.test");
		assertThat(first.isSecure()).isEqualTo(secure);
		assertThat(LoadBalancerUriTools.reconstructURI(first, URI.create("http://mnist/a?b=c")))
			.isEqualTo(URI.create(scheme + "://eas.test:" + port + "/a?b=c"));
		assertThat(first.getUri()).isEqualTo(URI.create(scheme + "://eas.test:" + port));
		Request<?> retry = new DefaultRequest<>(new RetryableRequestContext(first));
		assertThat(balancer.choose(retry).block(PATIENCE).getServer()).isEqualTo(first);
		this.cache.succeed(TestInstances.instances(1), Source.DISCOVERY);
		ServiceInstance direct = balancer.choose(retry).block(PATIENCE).getServer();
		assertThat(direct.getHost()).isEqualTo("10.0.0.0");
		assertThat(direct.isSecure()).isFalse();
	}

	private EasLoadBalancer loadBalancer(Gateway gateway) {
		InstanceSource source = new InstanceSource("mnist", this.cache, gateway, Instant.EPOCH);
		return new EasLoadBalancer(
				"mnist", source, new InstanceSelector(source, new WeightedRoundRobin(new Random(1)),
						SelectionSettings.DEFAULTS, EjectionListener.NONE, AttemptListener.NONE, Runnable::run),
				null, () -> PATIENCE);
	}

	private Set<String> hosts(Request<?> request) {
		return IntStream.range(0, 200).mapToObj((i) -> choose(request).getHost()).collect(Collectors.toSet());
	}

	private ServiceInstance choose(Request<?> request) {
		return this.loadBalancer.choose(request).block(PATIENCE).getServer();
	}

	private static String hostOf(Response<ServiceInstance> response) {
		return response.getServer().getHost();
	}

}
