package io.eas.loadbalanced;

import java.net.URI;
import java.util.Map;
import java.util.function.Consumer;

import io.eas.http.ConnectionGuard;
import io.eas.loadbalancer.selection.TrackedAttempt;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.BodyInserter;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ExchangeStrategies;

/**
 * A {@code WebClient} request that is sent to the address of an instance over a
 * {@linkplain ConnectionGuard guarded} connection.
 *
 * @param request the request to the alias
 * @param url the URL with the address of the instance
 * @param attempt the attempt, which is notified of the connection
 */
record InstanceRequest(ClientRequest request, URI url, TrackedAttempt attempt) implements ClientRequest {

	/**
	 * Creates a request to the instance of an attempt.
	 * @param request the request to the alias
	 * @param attempt the attempt
	 * @param secure whether connections to the instance use TLS
	 */
	static InstanceRequest of(ClientRequest request, TrackedAttempt attempt, boolean secure) {
		URI alias = request.url();
		StringBuilder url = new StringBuilder(secure ? "https" : alias.getScheme()).append("://")
			.append(attempt.instance().address())
			.append(alias.getRawPath());
		if (alias.getRawQuery() != null) {
			url.append('?').append(alias.getRawQuery());
		}
		return new InstanceRequest(request, URI.create(url.toString()), attempt);
	}

	@Override
	public HttpMethod method() {
		return this.request.method();
	}

	@Override
	public HttpHeaders headers() {
		return this.request.headers();
	}

	@Override
	public MultiValueMap<String, String> cookies() {
		return this.request.cookies();
	}

	@Override
	public BodyInserter<?, ? super ClientHttpRequest> body() {
		return this.request.body();
	}

	@Override
	public Map<String, Object> attributes() {
		return this.request.attributes();
	}

	/**
	 * Returns a consumer that also guards the connection. If a filter copies this
	 * request, the copy has the same consumer.
	 */
	@Override
	public Consumer<ClientHttpRequest> httpRequest() {
		Consumer<ClientHttpRequest> own = this.request.httpRequest();
		return (own != null) ? own.andThen(this::guard) : this::guard;
	}

	/**
	 * Installs the guard of the connection unless it is installed already, and tells the
	 * attempt how long the connection was idle.
	 */
	private void guard(ClientHttpRequest httpRequest) {
		if (httpRequest.<Object>getNativeRequest() instanceof Connection connection) {
			ConnectionGuard.install(connection.channel());
			ConnectionGuard guard = ConnectionGuard.of(connection.channel());
			this.attempt.writing(guard, (guard != null) ? guard.idleNanos() : -1);
		}
	}

	@Override
	public String logPrefix() {
		return this.request.logPrefix();
	}

	@Override
	public Mono<Void> writeTo(ClientHttpRequest httpRequest, ExchangeStrategies strategies) {
		guard(httpRequest);
		return this.request.writeTo(httpRequest, strategies);
	}

}
