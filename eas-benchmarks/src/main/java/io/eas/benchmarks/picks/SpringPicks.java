package io.eas.benchmarks.picks;

import java.util.BitSet;
import java.util.Map;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

import org.springframework.cloud.client.DefaultServiceInstance;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.DefaultRequest;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.Response;
import org.springframework.cloud.client.loadbalancer.RetryableRequestContext;
import org.springframework.cloud.client.loadbalancer.reactive.ReactiveLoadBalancer;
import org.springframework.cloud.loadbalancer.core.ReactorServiceInstanceLoadBalancer;
import org.springframework.cloud.loadbalancer.core.RetryAwareServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.core.RoundRobinLoadBalancer;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.core.WeightedServiceInstanceListSupplier;
import org.springframework.cloud.loadbalancer.support.ServiceInstanceListSuppliers;
import org.springframework.cloud.loadbalancer.support.SimpleObjectProvider;

/**
 * Picks with Spring's round robin over a weighted list, which leaves out the instance of
 * the previous attempt. The load balancer is composed as in Spring Cloud LoadBalancer.
 */
final class SpringPicks implements Picks {

	private static final String SERVICE = "echo";

	private final Taker<Response<ServiceInstance>> taker = new Taker<>();

	private ReactorServiceInstanceLoadBalancer balancer;

	SpringPicks(Weights weights) {
		this.balancer = weighted(weights);
	}

	/** Creates a load balancer without weights over a list that is available at once. */
	static ReactorServiceInstanceLoadBalancer roundRobin(Weights weights) {
		return roundRobin(list(weights));
	}

	/** Creates a load balancer with weights over a list that is available at once. */
	static ReactorServiceInstanceLoadBalancer weighted(Weights weights) {
		return roundRobin(
				new RetryAwareServiceInstanceListSupplier(new WeightedServiceInstanceListSupplier(list(weights))));
	}

	private static ReactorServiceInstanceLoadBalancer roundRobin(ServiceInstanceListSupplier list) {
		return new RoundRobinLoadBalancer(new SimpleObjectProvider<>(list), SERVICE);
	}

	private static ServiceInstanceListSupplier list(Weights weights) {
		return ServiceInstanceListSuppliers.from(SERVICE,
				IntStream.range(0, weights.size())
					.mapToObj((index) -> new DefaultServiceInstance("", SERVICE, OurPicks.HOST, Weights.port(index),
							false, Map.of("weight", String.valueOf(weights.of(index)))))
					.toArray(ServiceInstance[]::new));
	}

	@Override
	public int next() {
		return Weights.index(pick(ReactiveLoadBalancer.REQUEST).getPort());
	}

	@Override
	public boolean[] attempts(int count) {
		BitSet tried = new BitSet();
		boolean[] again = new boolean[count];
		@Nullable ServiceInstance previous = null;
		for (int attempt = 0; attempt < count; attempt++) {
			ServiceInstance picked = pick((previous != null)
					? new DefaultRequest<>(new RetryableRequestContext(previous)) : ReactiveLoadBalancer.REQUEST);
			int index = Weights.index(picked.getPort());
			again[attempt] = tried.get(index);
			tried.set(index);
			previous = picked;
		}
		return again;
	}

	private ServiceInstance pick(Request<?> request) {
		ServiceInstance picked = this.taker.take(this.balancer.choose(request)).getServer();
		if (picked == null) {
			throw new IllegalStateException("there are instances");
		}
		return picked;
	}

	@Override
	public void use(Weights weights) {
		this.balancer = weighted(weights);
	}

}
