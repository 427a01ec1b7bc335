package io.eas.loadbalanced;

import java.io.IOException;

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

	private final InstanceCredentials credentials;

	/**
	 * Creates a factory.
	 * @param factory the factory of the application
	 * @param loadBalancer the application's client of Spring Cloud LoadBalancer
	 * @param credentials the credentials to add
	 */
	public AuthenticatedRequestFactory(LoadBalancerRequestFactory factory, LoadBalancerClient loadBalancer,
			InstanceCredentials credentials) {
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
		EasService service = this.credentials.service(request.getURI().getHost());
		if (service == null) {
			return this.factory.createRequest(request, body, execution);
		}
		Mono<Void> pending = service.client().pendingToken();
		if (pending != null) {
			BlockingResult.of(pending, service.name(), (nothing) -> {
				// there is no value
			});
		}
		return new Request(request,
				(instance) -> this.factory
					.createRequest(request, body,
							(sent, bytes) -> send(service, instance, sent, bytes, execution, request))
					.apply(instance));
	}

	private static ClientHttpResponse send(EasService service, ServiceInstance chosen, HttpRequest request, byte[] body,
			ClientHttpRequestExecution execution, HttpRequest original) throws IOException {
		boolean belong = chosen instanceof EasServiceInstance instance && instance.serviceId().equals(service.name())
				&& InstanceCredentials.belong(request.getURI(), request.getHeaders(), instance.instance());
		if (!belong) {
			return execution.execute(request, body);
		}
		Redirects.requireNone(service.name(), original);
		return execution.execute(new Authenticated(request, body, service), body);
	}

	/**
	 * A request that tells the callbacks of Spring Cloud LoadBalancer what is sent.
	 *
	 * @param getHttpRequest the request to the alias
	 * @param delegate sends it to an instance
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

		Authenticated(HttpRequest request, byte[] body, EasService service) {
			super(request);
			this.headers = HttpHeaders.copyOf(request.getHeaders());
			InstanceCredentials.add(service, request.getMethod(), request.getURI(), this.headers,
					new EncodedBody(body, 0, body.length));
		}

		@Override
		public HttpHeaders getHeaders() {
			return this.headers;
		}

	}

}
