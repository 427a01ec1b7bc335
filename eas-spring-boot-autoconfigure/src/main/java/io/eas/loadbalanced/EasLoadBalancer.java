package io.eas.loadbalanced;

import java.time.Duration;
import java.util.function.Supplier;

import io.eas.discovery.DiscoveryException;
import io.eas.discovery.InstanceSource;
import io.eas.loadbalancer.InstanceState;
import io.eas.loadbalancer.TriedInstances;
import io.eas.loadbalancer.selection.InstanceSelector;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.DefaultResponse;
import org.springframework.cloud.client.loadbalancer.EmptyResponse;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.RequestData;
import org.springframework.cloud.client.loadbalancer.RequestDataContext;
import org.springframework.cloud.client.loadbalancer.Response;
import org.springframework.cloud.client.loadbalancer.RetryableRequestContext;
import org.springframework.cloud.loadbalancer.core.ReactorServiceInstanceLoadBalancer;
import org.springframework.http.HttpHeaders;

/**
 * Load balancer of a service for {@code WebClient} and other clients of Spring Cloud
 * LoadBalancer. It shares the picker and the list with the client of the service. A retry
 * doesn't pick the previous instance again. It picks an ejected instance for a trial only
 * for clients that report how their attempts end, and not when the application itself
 * calls {@link #choose}. Thread-safe.
 */
public final class EasLoadBalancer implements ReactorServiceInstanceLoadBalancer {

	private final String service;

	private final InstanceSource source;

	private final InstanceSelector selector;

	private final @Nullable String hashHeader;

	private final Supplier<Duration> patience;

	/**
	 * Creates the load balancer of a service.
	 * @param service the alias of the service
	 * @param source the source of the instances
	 * @param selector the selector of instances
	 * @param hashHeader the request header that contains the hash key of a call, or null
	 * @param patience returns the maximum time to wait for the first list if there is no
	 * fallback; after that time, the response is empty
	 */
	public EasLoadBalancer(String service, InstanceSource source, InstanceSelector selector,
			@Nullable String hashHeader, Supplier<Duration> patience) {
		this.service = service;
		this.source = source;
		this.selector = selector;
		this.hashHeader = hashHeader;
		this.patience = patience;
	}

	/** Picks an instance. The {@code Mono} is cold and picks once per subscription. */
	@Override
	@SuppressWarnings("rawtypes") // as the interface declares it
	public Mono<Response<ServiceInstance>> choose(Request request) {
		return Mono.defer(() -> {
			Response<ServiceInstance> picked = pick(request);
			return (picked != null) ? Mono.just(picked) : pickFromFirst(request);
		});
	}

	private Mono<Response<ServiceInstance>> pickFromFirst(Request<?> request) {
		return this.source.first()
			.mapNotNull((first) -> pick(request))
			.timeout(this.patience.get(), Mono.fromSupplier(EmptyResponse::new))
			.onErrorResume(DiscoveryException.class, (futile) -> Mono.just(new EmptyResponse()));
	}

	private @Nullable Response<ServiceInstance> pick(Request<?> request) {
		InstanceState state = this.selector.pick(tried(request), hashKey(request), AttemptLifecycle.reports(request));
		return (state != null) ? choice(state) : null;
	}

	private static TriedInstances tried(Request<?> request) {
		if (request.getContext() instanceof RetryableRequestContext context
				&& context.getPreviousServiceInstance() instanceof EasServiceInstance previous) {
			TriedInstances tried = new TriedInstances();
			tried.add(previous.instance());
			return tried;
		}
		return TriedInstances.none();
	}

	/**
	 * Returns the response for an instance. The response is cached, so that a pick needs
	 * no allocation.
	 */
	@SuppressWarnings("unchecked") // attached here
	private Response<ServiceInstance> choice(InstanceState state) {
		Response<ServiceInstance> choice = (Response<ServiceInstance>) state.attachment();
		if (choice == null) {
			boolean secure = this.source.isSecure(state.instance());
			choice = new DefaultResponse(new EasServiceInstance(this.service, state, secure));
			state.attach(choice);
		}
		return choice;
	}

	private @Nullable String hashKey(Request<?> request) {
		if (this.hashHeader == null || !(request.getContext() instanceof RequestDataContext context)) {
			return null;
		}
		RequestData data = context.getClientRequest();
		HttpHeaders headers = (data != null) ? data.getHeaders() : null;
		return (headers != null) ? headers.getFirst(this.hashHeader) : null;
	}

}
