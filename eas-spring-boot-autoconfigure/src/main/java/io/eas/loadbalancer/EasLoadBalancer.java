package io.eas.loadbalancer;

import java.time.Duration;

import io.eas.discovery.InstanceCache;
import io.eas.instance.InstanceList;
import reactor.core.publisher.Mono;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.DefaultResponse;
import org.springframework.cloud.client.loadbalancer.EmptyResponse;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.Response;
import org.springframework.cloud.client.loadbalancer.RetryableRequestContext;
import org.springframework.cloud.loadbalancer.core.ReactorServiceInstanceLoadBalancer;

/**
 * The picks of one service for {@code WebClient} and whatever else speaks Spring Cloud
 * LoadBalancer. Shares walk and list with the service's client. Leaves out the instance
 * that a retry says was tried before. Thread-safe.
 */
public final class EasLoadBalancer implements ReactorServiceInstanceLoadBalancer {

	private final String service;

	private final InstanceCache cache;

	private final InstancePicks picks;

	private final Duration patience;

	/**
	 * A load balancer of one service.
	 * @param service its alias
	 * @param cache its list
	 * @param picks its picks
	 * @param patience how long to wait for the first list, before answering that there is
	 * no instance
	 */
	public EasLoadBalancer(String service, InstanceCache cache, InstancePicks picks, Duration patience) {
		this.service = service;
		this.cache = cache;
		this.picks = picks;
		this.patience = patience;
	}

	/**
	 * Picks once per subscription. Cold.
	 */
	@Override
	@SuppressWarnings("rawtypes") // as the interface declares it
	public Mono<Response<ServiceInstance>> choose(Request request) {
		return Mono.defer(() -> {
			InstanceList list = this.cache.current();
			return (list != null) ? Mono.just(pick(list, request)) : pickFromFirst(request);
		});
	}

	private Mono<Response<ServiceInstance>> pickFromFirst(Request<?> request) {
		return this.cache.first()
			.map((first) -> pick(first, request))
			.timeout(this.patience, Mono.fromSupplier(EmptyResponse::new));
	}

	private Response<ServiceInstance> pick(InstanceList list, Request<?> request) {
		TriedInstances tried = new TriedInstances();
		if (request.getContext() instanceof RetryableRequestContext context
				&& context.getPreviousServiceInstance() instanceof EasServiceInstance previous) {
			tried.add(previous.instance());
		}
		return new DefaultResponse(new EasServiceInstance(this.service, this.picks.pick(list, tried)));
	}

}
