package io.eas.loadbalancer;

import java.time.Duration;

import io.eas.discovery.Destinations;
import io.eas.instance.EasInstance;
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

	private final Destinations destinations;

	private final InstancePicks picks;

	private final Duration patience;

	/**
	 * A load balancer of one service.
	 * @param service its alias
	 * @param destinations where its calls go
	 * @param picks its picks
	 * @param patience how long to wait for the first list where nothing stands in for it,
	 * before answering that there is no instance
	 */
	public EasLoadBalancer(String service, Destinations destinations, InstancePicks picks, Duration patience) {
		this.service = service;
		this.destinations = destinations;
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
			InstanceList list = this.destinations.current();
			return (list != null) ? Mono.just(pick(list, request)) : pickFromFirst(request);
		});
	}

	private Mono<Response<ServiceInstance>> pickFromFirst(Request<?> request) {
		return this.destinations.first()
			.map((first) -> pick(first, request))
			.timeout(this.patience, Mono.fromSupplier(EmptyResponse::new));
	}

	private Response<ServiceInstance> pick(InstanceList list, Request<?> request) {
		TriedInstances tried = new TriedInstances();
		if (request.getContext() instanceof RetryableRequestContext context
				&& context.getPreviousServiceInstance() instanceof EasServiceInstance previous) {
			tried.add(previous.instance());
		}
		EasInstance picked = this.picks.pick(list, tried);
		return new DefaultResponse(new EasServiceInstance(this.service, picked, this.destinations.isSecure(picked)));
	}

}
