package io.eas.loadbalanced;

import io.eas.loadbalancer.selection.TrackedAttempt;
import io.eas.service.EasService;
import io.eas.service.EasServices;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.RequestData;
import org.springframework.cloud.client.loadbalancer.reactive.LoadBalancerClientRequestTransformer;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * Tracks the attempts of a load-balanced {@code WebClient} on instances of EAS services.
 * Attempts are in flight until the end of the body, failing instances are ejected, and
 * the response time is measured up to the headers. The callbacks of Spring Cloud
 * LoadBalancer don't suffice for this: they are called when the headers arrive, and not
 * at all if a call is cancelled. This filter must be added after the filter that picks
 * the instance. Thread-safe.
 */
public final class WebClientAttempts implements ExchangeFilterFunction, LoadBalancerClientRequestTransformer {

	private static final String INSTANCE = WebClientAttempts.class.getName() + ".instance";

	private static final String WATCHED = WebClientAttempts.class.getName() + ".watched";

	private final EasServices services;

	private final InstanceCredentials credentials;

	/**
	 * Creates a filter for the attempts on instances of services.
	 * @param services the services
	 * @param credentials added to the requests to instances
	 */
	public WebClientAttempts(EasServices services, InstanceCredentials credentials) {
		this.services = services;
		this.credentials = credentials;
	}

	/**
	 * Marks a request to Spring Cloud's filter whose attempt this filter tracks.
	 */
	static ClientRequest watched(ClientRequest request) {
		return ClientRequest.from(request).attribute(WATCHED, true).build();
	}

	/** Returns whether a request to Spring Cloud's filter is marked as tracked. */
	static boolean isWatched(@Nullable RequestData request) {
		return request != null && request.getAttributes() != null && request.getAttributes().containsKey(WATCHED);
	}

	/** Stores the instance as an attribute of the request. */
	@Override
	public ClientRequest transformRequest(ClientRequest request, @Nullable ServiceInstance instance) {
		return (instance instanceof EasServiceInstance)
				? ClientRequest.from(request).attribute(INSTANCE, instance).build() : request;
	}

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		return (request.attributes().get(INSTANCE) instanceof EasServiceInstance instance)
				? Mono.defer(() -> exchange(this.services.service(instance.getServiceId()), instance, request, next))
				: next.exchange(request);
	}

	private Mono<ClientResponse> exchange(EasService service, EasServiceInstance instance, ClientRequest request,
			ExchangeFunction next) {
		TrackedAttempt attempt = service.selector().begin(instance.state());
		ClientRequest sent = this.credentials.applyTo(request, service.name(), instance.instance());
		return TrackedExchange.of(() -> next.exchange(new InstanceRequest(sent, sent.url(), attempt)), attempt,
				service.rules());
	}

}
