package io.eas.loadbalanced;

import java.util.List;

import io.eas.discovery.InstanceSource;
import io.eas.instance.InstanceList;
import io.eas.loadbalancer.selection.TrackedInstance;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.loadbalancer.core.ServiceInstanceListSupplier;

/**
 * Supplies the instances of a service to those components of Spring Cloud LoadBalancer
 * that request lists. It replaces the supplier of the application's discovery client,
 * which doesn't know the service. {@link EasLoadBalancer} doesn't use it. Never blocks.
 * Thread-safe.
 */
public final class EasInstanceListSupplier implements ServiceInstanceListSupplier {

	private final String service;

	private final InstanceSource source;

	/**
	 * Creates the supplier of a service.
	 * @param service the alias of the service
	 * @param source the source of the instances
	 */
	public EasInstanceListSupplier(String service, InstanceSource source) {
		this.service = service;
		this.source = source;
	}

	@Override
	public String getServiceId() {
		return this.service;
	}

	/**
	 * Returns the current list. The {@code Flux} is cold and emits one list per
	 * subscription. This list is empty as long as calls have to wait for the first list
	 * of discovery.
	 */
	@Override
	public Flux<List<ServiceInstance>> get() {
		return Flux.defer(() -> Flux.just(instances(this.source.current())));
	}

	private List<ServiceInstance> instances(@Nullable InstanceList list) {
		return (list == null) ? List.of()
				: list.instances()
					.stream()
					.<ServiceInstance>map((instance) -> new EasServiceInstance(this.service,
							TrackedInstance.of(instance), this.source.isSecure(instance)))
					.toList();
	}

}
