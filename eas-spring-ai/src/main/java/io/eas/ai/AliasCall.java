package io.eas.ai;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import io.eas.client.call.HeadersListener;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Okio;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;

/**
 * A call of OkHttp that is made by the client of a service. OkHttp's thread waits for the
 * headers. It gets the headers of an event stream before the first event, so that a
 * caller can cancel the stream while the model processes the prompt. Until the first
 * event, the client can still try other instances. Can be used once.
 */
final class AliasCall implements HeadersListener {

	/**
	 * The request headers that are not passed on: the API key, and those that the client
	 * sets itself.
	 */
	private static final Set<String> LEFT_OUT = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

	static {
		LEFT_OUT.addAll(Set.of(HttpHeaders.AUTHORIZATION, HttpHeaders.DATE, "api-key"));
	}

	private final String alias;

	private final AliasBody body;

	private final Supplier<String> token;

	private final AtomicBoolean headed = new AtomicBoolean();

	/**
	 * Creates a call that has not been made.
	 * @param alias the alias of the service
	 * @param body receives the response
	 * @param token returns the token of the service, or an empty string
	 */
	AliasCall(String alias, AliasBody body, Supplier<String> token) {
		this.alias = alias;
		this.body = body;
		this.token = token;
	}

	/**
	 * Makes the call and waits for the response headers.
	 * @param connector the connector that calls the service
	 * @param request the request
	 * @param content the body of the request
	 * @throws IOException if there is no response; its cause is the client's exception
	 * @throws IllegalStateException if the current thread must not block
	 */
	Response execute(ClientHttpConnector connector, Request request, byte[] content) throws IOException {
		if (Schedulers.isInNonBlockingThread()) {
			throw new IllegalStateException(this.alias + ": a call must not block the thread "
					+ Thread.currentThread().getName() + ", on which other calls are answered; stream the answer, or"
					+ " move to another thread with subscribeOn(Schedulers.boundedElastic())");
		}
		connector
			.connect(HttpMethod.valueOf(request.method()), request.url().uri(), (sent) -> write(request, content, sent))
			.flatMapMany(this::opened)
			.contextWrite((context) -> context.put(HeadersListener.class, this))
			.subscribe(this.body);
		return response(request, this.body.takeHead());
	}

	private static Mono<Void> write(Request request, byte[] content, ClientHttpRequest sent) {
		request.headers().forEach((header) -> {
			if (!LEFT_OUT.contains(header.getFirst())) {
				sent.getHeaders().add(header.getFirst(), header.getSecond());
			}
		});
		RequestBody original = request.body();
		if (original != null && original.contentType() != null) {
			sent.getHeaders().set(HttpHeaders.CONTENT_TYPE, String.valueOf(original.contentType()));
		}
		return (content.length > 0) ? sent.writeWith(Mono.just(DefaultDataBufferFactory.sharedInstance.wrap(content)))
				: sent.setComplete();
	}

	/** Called by each attempt when the headers of its event stream have arrived. */
	@Override
	public void arrived(int status, HttpHeaders headers) {
		head(status, headers);
	}

	private Flux<DataBuffer> opened(ClientHttpResponse response) {
		int status = response.getStatusCode().value();
		boolean first = head(status, response.getHeaders());
		if (!first && response.getStatusCode().isError()) {
			return Flux.error(new IOException(this.alias + ": the stream ended before its first event, and another"
					+ " attempt was answered with status " + status));
		}
		return response.getStatusCode().isError() ? response.getBody().map(this::withoutToken) : response.getBody();
	}

	/**
	 * Replaces the token in an error response, which a service may send back, and of
	 * which OpenAI's library makes the message of an exception.
	 */
	private DataBuffer withoutToken(DataBuffer buffer) {
		String secret = this.token.get();
		String text = buffer.toString(StandardCharsets.ISO_8859_1);
		if (secret.isEmpty() || !text.contains(secret)) {
			return buffer;
		}
		DataBufferUtils.release(buffer);
		return DefaultDataBufferFactory.sharedInstance
			.wrap(text.replace(secret, "*".repeat(secret.length())).getBytes(StandardCharsets.ISO_8859_1));
	}

	/**
	 * Passes the headers to OkHttp. Returns false if OkHttp already has those of an
	 * earlier attempt.
	 */
	private boolean head(int status, HttpHeaders headers) {
		if (!this.headed.compareAndSet(false, true)) {
			return false;
		}
		String type = headers.getFirst(HttpHeaders.CONTENT_TYPE);
		boolean events = type != null && type.toLowerCase(Locale.ROOT).contains("text/event-stream");
		this.body.start(new Head(status, headers, events));
		return true;
	}

	private Response response(Request request, Head head) {
		HttpStatus known = HttpStatus.resolve(head.status());
		Headers.Builder headers = new Headers.Builder();
		head.headers().forEach((name, values) -> values.forEach((value) -> headers.addUnsafeNonAscii(name, value)));
		if (head.status() >= HttpStatus.BAD_REQUEST.value()) {
			// keeps OpenAI's library from retrying, because the client has already
			// retried
			headers.set("X-Should-Retry", "false");
		}
		String type = head.headers().getFirst(HttpHeaders.CONTENT_TYPE);
		return new Response.Builder().request(request)
			.protocol(Protocol.HTTP_1_1)
			.code(head.status())
			.message((known != null) ? known.getReasonPhrase() : "")
			.headers(headers.build())
			.body(ResponseBody.create(Okio.buffer(this.body), (type != null) ? MediaType.parse(type) : null,
					head.events() ? -1 : head.headers().getContentLength()))
			.build();
	}

	/**
	 * The status and headers of a response.
	 *
	 * @param status the status
	 * @param headers the headers; for an event stream, they may come from an earlier
	 * attempt than the body
	 * @param events whether the body is an event stream
	 */
	record Head(int status, HttpHeaders headers, boolean events) {
	}

}
