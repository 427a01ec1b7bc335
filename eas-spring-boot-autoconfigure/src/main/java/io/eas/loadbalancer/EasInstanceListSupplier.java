package io.eas.loadbalancer;

import java.util.List;

import io.eas.discovery.InstanceCache;
import io.eas.instance.InstanceList;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;

/**
 * The list of one service for what in Spring Cloud LoadBalancer asks for lists, in the
 * place of a supplier over the application's discovery client, which doesn't know the
 * service. The picks don't go through it. Reads memory only.
 */
public final class EasInstanceListSupplier implements ServiceInstanceListSupplier {

	private final String service;

	private final InstanceCache cache;

	/**
	 * The list of one service.
	 * @param service its alias
	 * @param cache its list
	 */
	public EasInstanceListSupplier(String service, InstanceCache cache) {
		this.service = service;
		this.cache = cache;
	}

	@Override
	public String getServiceId() {
		return this.service;
	}

	/**
	 * The list as it is now. Cold; one list a subscription, an empty one before the
	 * first.
	 */
	@Override
	public Flux<List<ServiceInstance>> get() {
		return Flux.defer(() -> Flux.just(instances(this.cache.current())));
	}

	private List<ServiceInstance> instances(@Nullable InstanceList list) {
		return (list == null) ? List.of() : list.instances()
			.stream()
			.<ServiceInstance>map(
					(instance) -> new EasServiceInstance(this.service, new InstanceState(instance, Standing.LIVE)))
			.toList();
	}

}
