package io.eas.loadbalanced;

import java.io.IOException;
import java.util.function.Supplier;

import io.eas.client.auth.Authentication;
import io.eas.http.BlockingResult;
import io.eas.http.EncodedBody;
import io.eas.service.EasService;
import reactor.core.publisher.Mono;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.HttpRequestLoadBalancerRequest;
import org.springframework.cloud.client.loadbalancer.LoadBalancerClient;
import org.springframework.cloud.client.loadbalancer.LoadBalancerRequest;
import org.springframework.cloud.client.loadbalancer.LoadBalancerRequestFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.support.HttpRequestWrapper;

/**
 * Adds {@linkplain InstanceCredentials credentials} to the requests of load-balanced
 * {@code RestClient}s and {@code RestTemplate}s, once their instance is chosen and after
 * all changes by the application's transformers. Thread-safe.
 */
public final class AuthenticatedRequestFactory extends LoadBalancerRequestFactory {

	private final LoadBalancerRequestFactory factory;

	private final Supplier<InstanceCredentials> credentials;

	/**
	 * Creates a factory.
	 * @param factory the factory of the application
	 * @param loadBalancer the application's client of Spring Cloud LoadBalancer
	 * @param credentials supplies the credentials to add; called for each request
	 */
	public AuthenticatedRequestFactory(LoadBalancerRequestFactory factory, LoadBalancerClient loadBalancer,
			Supplier<InstanceCredentials> credentials) {
		super(loadBalancer);
		this.factory = factory;
		this.credentials = credentials;
	}

	/**
	 * Creates a request. Waits for the first token of an
	 * {@link io.eas.client.auth.EasTokenSupplier}.
	 */
	@Override
	public LoadBalancerRequest<ClientHttpResponse> createRequest(HttpRequest request, byte[] body,
			ClientHttpRequestExecution execution) {
		EasService service = this.credentials.get().service(request.getURI().getHost());
		if (service == null) {
			return this.factory.createRequest(request, body, execution);
		}
		// read once, and before the wait, since a refresh may replace the authentication
		Authentication authentication = service.client().authentication();
		Mono<Void> pending = service.client().pendingToken();
		if (pending != null) {
			BlockingResult.of(pending, service.name(), (nothing) -> {
				// there is no value
			});
		}
		return new Request(request,
				(instance) -> this.factory
					.createRequest(request, body,
							(sent, bytes) -> send(service.name(), authentication, instance, sent, bytes, execution,
									request))
					.apply(instance));
	}

	private static ClientHttpResponse send(String alias, Authentication authentication, ServiceInstance chosen,
			HttpRequest request, byte[] body, ClientHttpRequestExecution execution, HttpRequest original)
			throws IOException {
		boolean isForInstance = chosen instanceof EasServiceInstance instance && instance.serviceId().equals(alias)
				&& InstanceCredentials.isFor(request.getURI(), request.getHeaders(), instance.instance());
		if (!isForInstance) {
			return execution.execute(request, body);
		}
		Redirects.requireNone(alias, original);
		return execution.execute(new Authenticated(request, body, authentication), body);
	}

	/**
	 * A load-balanced request that gives the callbacks of Spring Cloud LoadBalancer
	 * access to the HTTP request.
	 *
	 * @param getHttpRequest the request to the alias
	 * @param delegate sends the request to an instance
	 */
	private record Request(HttpRequest getHttpRequest, LoadBalancerRequest<ClientHttpResponse> delegate)
			implements
				HttpRequestLoadBalancerRequest<ClientHttpResponse> {

		@Override
		public ClientHttpResponse apply(ServiceInstance instance) throws Exception {
			return this.delegate.apply(instance);
		}

	}

	/**
	 * A request with credentials. The headers are copied, since a retry of Spring Cloud
	 * sends the original request again.
	 */
	private static final class Authenticated extends HttpRequestWrapper {

		private final HttpHeaders headers;

		Authenticated(HttpRequest request, byte[] body, Authentication authentication) {
			super(request);
			this.headers = HttpHeaders.copyOf(request.getHeaders());
			InstanceCredentials.applyTo(this.headers, authentication, request.getMethod(), request.getURI(),
					new EncodedBody(body, 0, body.length));
		}

		@Override
		public HttpHeaders getHeaders() {
			return this.headers;
		}

	}

}
