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
 * The list of one service for what in Spring Cloud LoadBalancer asks for lists, in the
 * place of a supplier over the application's discovery client, which doesn't know the
 * service. The picks don't go through it. Reads memory only.
 */
public final class EasInstanceListSupplier implements ServiceInstanceListSupplier {

	private final String service;

	private final InstanceSource source;

	/**
	 * The list of one service.
	 * @param service its alias
	 * @param source where its calls go
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
	 * The list as it is now. Cold; one list a subscription, an empty one while calls
	 * would have to wait.
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
