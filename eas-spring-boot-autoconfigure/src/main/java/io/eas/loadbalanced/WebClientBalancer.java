package io.eas.loadbalanced;

import java.net.URI;
import java.util.function.Predicate;

import io.eas.loadbalancer.TriedInstances;
import io.eas.loadbalancer.selection.TrackedAttempt;
import io.eas.service.EasService;
import io.eas.service.EasServices;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * Sends the calls of a load-balanced {@code WebClient} directly to instances of EAS
 * services, since Spring Cloud LoadBalancer's filter looks up beans and copies the
 * request for each call. If that filter would do more than pick an instance, the call is
 * left to it. Thread-safe.
 */
public final class WebClientBalancer {

	private final EasServices services;

	private final InstanceCredentials credentials;

	private final Predicate<String> simple;

	/**
	 * Creates a balancer of calls to services.
	 * @param services the services
	 * @param credentials added to the requests to instances
	 * @param simple tests whether a call to an alias needs only a pick of an instance;
	 * called for each call
	 */
	public WebClientBalancer(EasServices services, InstanceCredentials credentials, Predicate<String> simple) {
		this.services = services;
		this.credentials = credentials;
		this.simple = simple;
	}

	/**
	 * Filters a call.
	 * @param request the request to an alias or to any other host
	 * @param next sends the request
	 * @param springs the filter of Spring Cloud LoadBalancer
	 * @return the response, as a cold {@code Mono}
	 */
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next, ExchangeFilterFunction springs) {
		EasService service = service(request.url());
		if (service == null) {
			return springs.filter(request, next);
		}
		Mono<ClientResponse> call = this.simple.test(service.name())
				? Mono.defer(() -> exchange(service, request, next, springs))
				: springs.filter(WebClientAttempts.watched(request), next);
		Mono<Void> token = this.credentials.pending(service.name());
		return (token != null) ? token.then(call) : call;
	}

	private @Nullable EasService service(URI url) {
		String alias = url.getHost();
		return (alias != null && url.getRawUserInfo() == null) ? this.services.find(alias) : null;
	}

	/**
	 * Makes a call. Before the first list, the call is left to Spring Cloud's filter,
	 * which waits for the list and handles its absence.
	 */
	private Mono<ClientResponse> exchange(EasService service, ClientRequest request, ExchangeFunction next,
			ExchangeFilterFunction springs) {
		String hashHeader = service.hashHeader();
		String hashKey = (hashHeader != null) ? request.headers().getFirst(hashHeader) : null;
		TrackedAttempt attempt = service.selector().start(TriedInstances.none(), hashKey);
		if (attempt == null) {
			return springs.filter(WebClientAttempts.watched(request), next);
		}
		boolean secure = service.source().isSecure(attempt.instance());
		ClientRequest sent = this.credentials.applyTo(request, service.name(), attempt.instance());
		return TrackedExchange.of(() -> next.exchange(InstanceRequest.of(sent, attempt, secure)), attempt,
				service.rules());
	}

}
