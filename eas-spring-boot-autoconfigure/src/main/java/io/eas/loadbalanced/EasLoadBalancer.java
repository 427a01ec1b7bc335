package io.eas.loadbalanced;

import java.time.Duration;

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
 * The selection of instances of one service for {@code WebClient} and whatever else
 * speaks Spring Cloud LoadBalancer. Shares picker and list with the service's client.
 * Leaves out the instance that a retry says was tried before. Only a client that tells
 * how its attempts end gets the trial of an instance that was left out; a mere
 * {@code choose} by the application doesn't. Thread-safe.
 */
public final class EasLoadBalancer implements ReactorServiceInstanceLoadBalancer {

	private final String service;

	private final InstanceSource source;

	private final InstanceSelector selector;

	private final @Nullable String hashHeader;

	private final Duration patience;

	/**
	 * A load balancer of one service.
	 * @param service its alias
	 * @param source where its calls go
	 * @param selector selects them
	 * @param hashHeader the header of a request that calls have in common that should go
	 * to the same instance, or null
	 * @param patience how long to wait for the first list where nothing stands in for it,
	 * before answering that there is no instance
	 */
	public EasLoadBalancer(String service, InstanceSource source, InstanceSelector selector,
			@Nullable String hashHeader, Duration patience) {
		this.service = service;
		this.source = source;
		this.selector = selector;
		this.hashHeader = hashHeader;
		this.patience = patience;
	}

	/**
	 * Picks once per subscription. Cold.
	 */
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
			.timeout(this.patience, Mono.fromSupplier(EmptyResponse::new))
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

	/** The same each time, so that nothing is made for a pick. */
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
