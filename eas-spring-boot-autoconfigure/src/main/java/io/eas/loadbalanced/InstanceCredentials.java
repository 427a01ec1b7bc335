package io.eas.loadbalanced;

import java.net.URI;
import java.util.Map;
import java.util.function.Predicate;

import io.eas.client.auth.AuthScheme;
import io.eas.client.auth.Authentication;
import io.eas.client.auth.Authentication.SignedPart;
import io.eas.http.EncodedBody;
import io.eas.instance.EasInstance;
import io.eas.service.EasService;
import io.eas.service.EasServices;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.ClientRequest;

/**
 * Adds credentials to the requests of load-balanced clients, for services with
 * {@code load-balanced.credentials=true}. Only a request to the address of the chosen
 * instance gets credentials, and only if it has no {@code Authorization} header of its
 * own. Thread-safe.
 */
public final class InstanceCredentials {

	private final EasServices services;

	private final Predicate<String> enabled;

	/**
	 * Creates an object that adds the credentials of services.
	 * @param services the services
	 * @param enabled tests whether the clients of an alias send credentials; called for
	 * each request
	 */
	public InstanceCredentials(EasServices services, Predicate<String> enabled) {
		this.services = services;
		this.enabled = enabled;
	}

	/**
	 * Returns the service whose credentials are sent with requests to a host.
	 * @param alias the host, or null
	 * @return the service, or null if these requests get no credentials
	 */
	@Nullable EasService service(@Nullable String alias) {
		EasService service = (alias != null) ? this.services.find(alias) : null;
		return (service != null && this.enabled.test(service.name())
				&& service.client().settings().scheme() != AuthScheme.NONE) ? service : null;
	}

	/**
	 * Returns the {@code Mono} that a request has to wait for if its token is still
	 * pending. The wait comes before an instance is picked, so that it isn't attributed
	 * to the instance.
	 * @param alias the host of the request
	 * @return see {@link io.eas.client.call.ServiceClient#pendingToken}
	 */
	@Nullable Mono<Void> pending(String alias) {
		EasService service = service(alias);
		return (service != null) ? service.client().pendingToken() : null;
	}

	/**
	 * Returns a request that adds the credentials when it is sent, or the same request if
	 * its service sends no credentials.
	 */
	ClientRequest applyTo(ClientRequest request, String alias, EasInstance instance) {
		EasService service = service(alias);
		return (service != null)
				? ClientRequest.from(request).body(new AuthenticatedBody(request.body(), service, instance)).build()
				: request;
	}

	/** Returns whether a request that is about to be sent gets credentials. */
	static boolean isFor(URI uri, HttpHeaders headers, EasInstance instance) {
		return instance.address().equals(uri.getRawAuthority()) && !headers.containsHeader(HttpHeaders.AUTHORIZATION);
	}

	/**
	 * Applies credentials to the headers of a request. A signature covers the content
	 * type, so a signed request without a content type gets the default of the service's
	 * own client.
	 */
	static void applyTo(HttpHeaders headers, Authentication authentication, HttpMethod method, URI uri,
			EncodedBody body) {
		if (authentication.signs() && !headers.containsHeader(HttpHeaders.CONTENT_TYPE)) {
			headers.set(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_OCTET_STREAM_VALUE);
		}
		String type = String.valueOf(headers.getFirst(HttpHeaders.CONTENT_TYPE));
		String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
		String resource = (uri.getRawQuery() != null) ? path + "?" + uri.getRawQuery() : path;
		DefaultHttpHeaders credentials = new DefaultHttpHeaders();
		authentication.prepare(new SignedPart(method.name(), type, resource, body)).writeTo(credentials);
		for (Map.Entry<String, String> header : credentials) {
			headers.set(header.getKey(), header.getValue());
		}
	}

}
