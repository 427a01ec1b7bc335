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
 * Sends the calls of a load-balanced {@code WebClient} to instances of our services, in
 * the place of Spring Cloud LoadBalancer's filter, as long as all that filter would do is
 * pick an instance: it looks up beans and copies the request for each call. All else is
 * left to it. Thread-safe.
 */
public final class WebClientBalancer {

	private final EasServices services;

	private final Predicate<String> simple;

	/**
	 * A balancer of calls to these services.
	 * @param services the services
	 * @param simple whether nothing but a pick is to be done for an alias of these; asked
	 * for each call
	 */
	public WebClientBalancer(EasServices services, Predicate<String> simple) {
		this.services = services;
		this.simple = simple;
	}

	/**
	 * Makes a call. Cold.
	 * @param request the request to an alias, or to something else
	 * @param next sends it
	 * @param springs Spring Cloud LoadBalancer's filter
	 * @return the answer
	 */
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next, ExchangeFilterFunction springs) {
		EasService service = service(request.url());
		if (service == null) {
			return springs.filter(request, next);
		}
		return this.simple.test(service.name()) ? Mono.defer(() -> exchange(service, request, next, springs))
				: springs.filter(WebClientAttempts.watched(request), next);
	}

	private @Nullable EasService service(URI url) {
		String alias = url.getHost();
		return (alias != null && url.getRawUserInfo() == null) ? this.services.find(alias) : null;
	}

	/** Spring's filter waits for the first list, and knows what to say without one. */
	private static Mono<ClientResponse> exchange(EasService service, ClientRequest request, ExchangeFunction next,
			ExchangeFilterFunction springs) {
		String hashHeader = service.hashHeader();
		String hashKey = (hashHeader != null) ? request.headers().getFirst(hashHeader) : null;
		TrackedAttempt attempt = service.selector().start(TriedInstances.none(), hashKey);
		if (attempt == null) {
			return springs.filter(WebClientAttempts.watched(request), next);
		}
		boolean secure = service.source().isSecure(attempt.instance());
		return TrackedExchange.of(() -> next.exchange(InstanceRequest.of(request, attempt, secure)), attempt,
				service.rules());
	}

}
