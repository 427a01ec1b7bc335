package io.eas.client.call;

import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.eas.http.EncodedBody;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.AbstractClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;

/**
 * Connector with which a {@code WebClient} calls the instances of a service. Thread-safe.
 *
 * @param exchange makes the calls
 */
record ServiceConnector(ServiceExchange exchange) implements ClientHttpConnector {

	@Override
	public Mono<ClientHttpResponse> connect(HttpMethod method, URI uri,
			Function<? super ClientHttpRequest, Mono<Void>> requestCallback) {
		return Mono.defer(() -> {
			Request request = new Request(method, uri);
			return request.inTime(requestCallback.apply(request)).then(Mono.defer(request::exchange));
		});
	}

	/**
	 * Returns a {@code Mono} that releases the response if the call is cancelled before
	 * the response is read, even if the response arrives at the same time. Supports one
	 * subscription.
	 */
	static Mono<ClientHttpResponse> released(Mono<ClientHttpResponse> call) {
		AtomicReference<@Nullable ClientHttpResponse> given = new AtomicReference<>();
		AtomicBoolean left = new AtomicBoolean();
		return call.doOnNext((response) -> {
			given.set(response);
			if (left.get()) {
				release(response);
			}
		}).doOnCancel(() -> {
			left.set(true);
			release(given.get());
		});
	}

	private static void release(@Nullable ClientHttpResponse given) {
		if (given instanceof StreamedResponse response) {
			response.release();
		}
	}

	@Override
	public String toString() {
		return "calls to " + this.exchange.service();
	}

	/**
	 * A request that is sent once its whole body is in memory.
	 */
	private final class Request extends AbstractClientHttpRequest {

		private final HttpMethod method;

		private final URI uri;

		private final long created = ServiceConnector.this.exchange.nanoTime();

		private EncodedBody body = EncodedBody.EMPTY;

		Request(HttpMethod method, URI uri) {
			this.method = method;
			this.uri = uri;
		}

		/**
		 * Limits the wait for the body, which is part of the call. If the body is
		 * available at once, no time limit is started.
		 * @param written collects the body; the headers are set
		 */
		Mono<Void> inTime(Mono<Void> written) {
			return Mono.firstWithSignal(written,
					Mono.defer(() -> ServiceConnector.this.exchange.lateBody(getHeaders())));
		}

		/** Sends the request. */
		Mono<ClientHttpResponse> exchange() {
			ServiceExchange service = ServiceConnector.this.exchange;
			return released(service.exchange(this.method, this.uri, getHeaders(), this.body,
					service.nanoTime() - this.created));
		}

		@Override
		public HttpMethod getMethod() {
			return this.method;
		}

		@Override
		public URI getURI() {
			return this.uri;
		}

		/** Returns a factory of buffers on the heap, which need not be copied. */
		@Override
		public DataBufferFactory bufferFactory() {
			return DefaultDataBufferFactory.sharedInstance;
		}

		@Override
		public Mono<Void> writeWith(Publisher<? extends DataBuffer> content) {
			ServiceExchange service = ServiceConnector.this.exchange;
			return doCommit(() -> DataBufferUtils.join(content, service.limit())
				.onErrorMap(DataBufferLimitException.class, (ex) -> service.tooLarge())
				.doOnNext((whole) -> this.body = take(whole, service))
				.then());
		}

		@Override
		public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> content) {
			return writeWith(Flux.from(content).concatMap(Function.identity()));
		}

		private static EncodedBody take(DataBuffer whole, ServiceExchange service) {
			try {
				if (whole.readableByteCount() > service.limit()) {
					throw service.tooLarge();
				}
				byte[] bytes = new byte[whole.readableByteCount()];
				whole.read(bytes);
				return EncodedBody.of(bytes);
			}
			finally {
				DataBufferUtils.release(whole);
			}
		}

		@Override
		public Mono<Void> setComplete() {
			return doCommit();
		}

		@Override
		@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" }) // as declared
		public <T> T getNativeRequest() {
			return (T) this;
		}

		@Override
		protected void applyHeaders() {
			// read when the request is sent
		}

		@Override
		protected void applyCookies() {
			if (!getCookies().isEmpty()) {
				getHeaders().set(HttpHeaders.COOKIE, getCookies().values()
					.stream()
					.flatMap((cookies) -> cookies.stream().map((cookie) -> cookie.getName() + "=" + cookie.getValue()))
					.collect(Collectors.joining("; ")));
			}
		}

	}

}
