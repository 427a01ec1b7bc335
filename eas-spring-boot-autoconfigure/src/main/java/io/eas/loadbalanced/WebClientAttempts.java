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
 * Tells of the attempts that a load-balanced {@code WebClient} makes on our instances, so
 * that they count as in attempt until the end of the body, and instances that fail them
 * are left out; how long an answer takes counts to its headers. Spring Cloud
 * LoadBalancer's own callbacks come with the headers, and not at all where a call is
 * cancelled. To be put behind the filter that picks. Thread-safe.
 */
public final class WebClientAttempts implements ExchangeFilterFunction, LoadBalancerClientRequestTransformer {

	private static final String INSTANCE = WebClientAttempts.class.getName() + ".instance";

	private static final String WATCHED = WebClientAttempts.class.getName() + ".watched";

	private final EasServices services;

	/**
	 * The attempts on instances of these services.
	 * @param services the services
	 */
	public WebClientAttempts(EasServices services) {
		this.services = services;
	}

	/** A request of a client that has this behind the filter that picks. */
	static ClientRequest watched(ClientRequest request) {
		return ClientRequest.from(request).attribute(WATCHED, true).build();
	}

	/** Whether Spring Cloud's filter got such a request. */
	static boolean isWatched(@Nullable RequestData request) {
		return request != null && request.getAttributes() != null && request.getAttributes().containsKey(WATCHED);
	}

	/**
	 * Notes on the request which instance it goes to.
	 */
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

	private static Mono<ClientResponse> exchange(EasService service, EasServiceInstance instance, ClientRequest request,
			ExchangeFunction next) {
		TrackedAttempt attempt = service.selector().begin(instance.state());
		return TrackedExchange.of(() -> next.exchange(new InstanceRequest(request, request.url(), attempt)), attempt,
				service.rules());
	}

}
