package io.eas.client.call;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.Objects;
import java.util.concurrent.CancellationException;

import io.eas.client.EasException;
import io.eas.client.EasTimeoutException;
import io.eas.http.BlockingResult;
import io.eas.http.EncodedBody;
import io.netty.util.Timer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.AbstractClientHttpRequest;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Factory with which a {@code RestClient} or {@code RestTemplate} calls the instances of
 * a service. Thread-safe.
 *
 * @param exchange makes the calls
 */
record ServiceRequestFactory(ServiceExchange exchange) implements ClientHttpRequestFactory {

	@Override
	public ClientHttpRequest createRequest(URI uri, HttpMethod method) {
		return new Request(uri, method);
	}

	@Override
	public String toString() {
		return "calls to " + this.exchange.service();
	}

	/**
	 * Converts the failure of a call. For timeouts and interrupts, callers expect the
	 * exception types that Java's own HTTP clients throw.
	 */
	static IOException failure(Throwable failure) {
		String message = failure.getMessage();
		IOException converted = (failure instanceof EasTimeoutException) ? new SocketTimeoutException(message)
				: (failure instanceof CancellationException) ? new InterruptedIOException(message)
						: new IOException(message);
		converted.initCause(failure);
		return converted;
	}

	/**
	 * A request that is sent once its whole body is in memory.
	 */
	private final class Request extends AbstractClientHttpRequest {

		private final URI uri;

		private final HttpMethod method;

		private @Nullable Body body;

		Request(URI uri, HttpMethod method) {
			this.uri = uri;
			this.method = method;
		}

		@Override
		public HttpMethod getMethod() {
			return this.method;
		}

		@Override
		public URI getURI() {
			return this.uri;
		}

		@Override
		protected OutputStream getBodyInternal(HttpHeaders headers) {
			if (this.body == null) {
				this.body = new Body(ServiceRequestFactory.this.exchange);
			}
			return this.body;
		}

		@Override
		protected ClientHttpResponse executeInternal(HttpHeaders headers) throws IOException {
			ServiceExchange service = ServiceRequestFactory.this.exchange;
			EncodedBody encoded = (this.body != null) ? this.body.encoded() : EncodedBody.EMPTY;
			Mono<Response> call = service.exchange(this.method, this.uri, headers, encoded, 0)
				.map((response) -> new Response(response, service.timer()));
			try {
				return Objects.requireNonNull(BlockingResult.of(call, service.service(), Response::close));
			}
			catch (EasException | CancellationException ex) {
				throw failure(ex);
			}
		}

	}

	/**
	 * The body of a request. Message converters expect that writing always succeeds.
	 * Therefore a body above the limit makes the call fail only after it has been
	 * written, and only its beginning is held in memory.
	 */
	private static final class Body extends ByteArrayOutputStream {

		private final ServiceExchange exchange;

		private final int limit;

		private boolean tooLarge;

		Body(ServiceExchange exchange) {
			super(256);
			this.exchange = exchange;
			this.limit = exchange.limit();
		}

		@Override
		public synchronized void write(int value) {
			if (hasRoom(1)) {
				super.write(value);
			}
		}

		@Override
		public synchronized void write(byte[] bytes, int offset, int length) {
			if (hasRoom(length)) {
				super.write(bytes, offset, length);
			}
		}

		private boolean hasRoom(int length) {
			this.tooLarge = this.tooLarge || length > this.limit - this.count;
			return !this.tooLarge;
		}

		synchronized EncodedBody encoded() throws IOException {
			if (this.tooLarge) {
				throw failure(this.exchange.tooLarge());
			}
			return new EncodedBody(this.buf, 0, this.count);
		}

	}

	/**
	 * A response whose body starts to arrive before the caller reads it.
	 */
	private static final class Response implements ClientHttpResponse {

		private final org.springframework.http.client.reactive.ClientHttpResponse response;

		private final BodyInputStream body;

		Response(org.springframework.http.client.reactive.ClientHttpResponse response, Timer timer) {
			this.response = response;
			boolean events = ResponseReader.Exchange.isStream(response.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE));
			this.body = BodyInputStream.of(response.getBody(), timer, !events);
		}

		@Override
		public HttpStatusCode getStatusCode() {
			return this.response.getStatusCode();
		}

		@Override
		public String getStatusText() {
			HttpStatus known = HttpStatus.resolve(getStatusCode().value());
			return (known != null) ? known.getReasonPhrase() : "";
		}

		@Override
		public HttpHeaders getHeaders() {
			return this.response.getHeaders();
		}

		@Override
		public InputStream getBody() {
			return this.body;
		}

		@Override
		public void close() {
			this.body.close();
		}

	}

}
