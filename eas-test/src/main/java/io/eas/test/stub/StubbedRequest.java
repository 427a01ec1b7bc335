package io.eas.test.stub;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.eas.client.EasCodecException;
import io.eas.client.EasException;
import io.eas.client.EasRequest;
import io.eas.client.EasResponse;
import io.eas.client.EasStatusException;
import io.eas.client.call.NoValue;
import io.eas.client.codec.BodyCodecs;
import io.eas.client.request.HeaderRules;
import io.eas.http.Answer;
import io.eas.http.Charsets;
import io.eas.http.EncodedBody;
import io.eas.settings.Assert;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.ResolvableType;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

/**
 * A request to a stub. Its answer is decoded like that of a real service. Not
 * thread-safe.
 */
final class StubbedRequest implements EasRequest {

	private static final DefaultDataBufferFactory BUFFERS = new DefaultDataBufferFactory();

	private final EasClientStub client;

	private final BodyCodecs codecs;

	private final HttpMethod method;

	private final String path;

	private final Map<String, List<Object>> query = new LinkedHashMap<>();

	private final HttpHeaders headers = new HttpHeaders();

	private @Nullable Object body;

	private @Nullable String hashKey;

	private @Nullable String requestId;

	StubbedRequest(EasClientStub client, BodyCodecs codecs, HttpMethod method, String path) {
		this.client = client;
		this.codecs = codecs;
		this.method = method;
		this.path = path;
	}

	@Override
	public EasRequest query(String name, Object... values) {
		this.query.computeIfAbsent(name, (key) -> new ArrayList<>()).addAll(List.of(values));
		return this;
	}

	@Override
	public EasRequest header(String name, String... values) {
		HeaderRules.check(name, values, true);
		this.headers.addAll(name, List.of(values));
		return this;
	}

	@Override
	public EasRequest contentType(MediaType contentType) {
		this.headers.setContentType(contentType);
		return this;
	}

	@Override
	public EasRequest accept(MediaType... mediaTypes) {
		this.headers.setAccept(Arrays.asList(mediaTypes));
		return this;
	}

	@Override
	public EasRequest body(Object body) {
		NoValue.refuse(Assert.notNull("body", body));
		this.body = body;
		return this;
	}

	@Override
	public EasRequest timeout(Duration timeout) {
		return positive(timeout);
	}

	@Override
	public EasRequest responseTimeout(Duration timeout) {
		return positive(timeout);
	}

	@Override
	public EasRequest firstEventTimeout(Duration timeout) {
		return positive(timeout);
	}

	@Override
	public EasRequest nextEventTimeout(Duration timeout) {
		return positive(timeout);
	}

	@Override
	public EasRequest streamTimeout(Duration timeout) {
		return positive(timeout);
	}

	private EasRequest positive(Duration timeout) {
		if (timeout.isZero() || timeout.isNegative()) {
			throw new IllegalArgumentException("A timeout must be positive, was " + timeout);
		}
		return this;
	}

	@Override
	public EasRequest idempotent(boolean idempotent) {
		return this;
	}

	@Override
	public EasRequest hashKey(String hashKey) {
		this.hashKey = hashKey;
		return this;
	}

	@Override
	public EasRequest requestId(String requestId) {
		if (requestId.isEmpty()) {
			throw new IllegalArgumentException("A request ID can't be empty");
		}
		this.requestId = requestId;
		return this;
	}

	@Override
	public <T> Mono<T> retrieve(Class<T> type) {
		return body(ResolvableType.forClass(type));
	}

	@Override
	public <T> Mono<T> retrieve(ParameterizedTypeReference<T> type) {
		return body(ResolvableType.forType(type));
	}

	@SuppressWarnings("unchecked") // the codecs return what the type says
	private <T> Mono<T> body(ResolvableType type) {
		return Mono.fromSupplier(() -> (T) decode(successful(answer()), type));
	}

	@Override
	public <T> Mono<EasResponse<T>> toEntity(Class<T> type) {
		return entity(ResolvableType.forClass(type));
	}

	@Override
	public <T> Mono<EasResponse<T>> toEntity(ParameterizedTypeReference<T> type) {
		return entity(ResolvableType.forType(type));
	}

	@SuppressWarnings("unchecked") // the codecs return what the type says
	private <T> Mono<EasResponse<T>> entity(ResolvableType type) {
		return Mono.fromSupplier(() -> {
			Answer answer = successful(answer());
			return response(answer, (T) decode(answer, type));
		});
	}

	@Override
	public Mono<EasResponse<byte[]>> exchange() {
		return Mono.fromSupplier(() -> {
			Answer answer = answer();
			return response(answer, answer.body());
		});
	}

	private <T> EasResponse<T> response(Answer answer, @Nullable T body) {
		return new EasResponse<>(answer.httpStatus(), answer.httpHeaders(), body, answer.instance(), 1);
	}

	@Override
	public <T> Flux<T> retrieveFlux(Class<T> type) {
		return stream(ResolvableType.forClass(type));
	}

	@Override
	public <T> Flux<T> retrieveFlux(ParameterizedTypeReference<T> type) {
		return stream(ResolvableType.forType(type));
	}

	private <T> Flux<T> stream(ResolvableType type) {
		return Flux.defer(() -> {
			RecordedRequest request = recorded();
			StubbedAnswer next = this.client.answer(request);
			if (next instanceof StubbedAnswer.Stream stream) {
				return decode(Flux.fromIterable(stream.events()).map(this::event).concatWith(end(stream)),
						MediaType.TEXT_EVENT_STREAM, type);
			}
			Answer answer = successful(answer(next, request));
			return decode(Flux.just(BUFFERS.wrap(answer.body())), Charsets.contentType(answer.headers()), type);
		});
	}

	private <T> Flux<T> decode(Flux<DataBuffer> bytes, MediaType contentType, ResolvableType type) {
		return this.codecs.<T>decode(bytes, headers(contentType), type, () -> {
			// the stub applies no limit for the first event
		}).onErrorMap((failure) -> (failure instanceof EasException) ? failure : unreadable(failure));
	}

	private Flux<DataBuffer> end(StubbedAnswer.Stream stream) {
		return (stream.failure() != null) ? Flux.error(stream.failure().apply(this.client.attempt())) : Flux.empty();
	}

	/** Encodes an event; each line of the data becomes a {@code data} field. */
	private DataBuffer event(Object data) {
		String text = (data instanceof CharSequence) ? data.toString()
				: new String(bytes(data, MediaType.APPLICATION_JSON), StandardCharsets.UTF_8);
		return BUFFERS.wrap(("data: " + text.replace("\n", "\ndata: ") + "\n\n").getBytes(StandardCharsets.UTF_8));
	}

	private Answer answer() {
		RecordedRequest request = recorded();
		return answer(this.client.answer(request), request);
	}

	private Answer answer(StubbedAnswer next, RecordedRequest request) {
		if (next instanceof StubbedAnswer.Body whole) {
			Object content = Assert.notNull("the body of an answer", whole.body().apply(request));
			MediaType type = (content instanceof CharSequence) ? MediaType.APPLICATION_JSON
					: this.codecs.defaultType(content);
			return answer(whole.status(), type, bytes(content, type));
		}
		if (next instanceof StubbedAnswer.Failure failure) {
			throw failure.failure().apply(this.client.attempt());
		}
		throw new IllegalStateException("The stub of " + this.client.name() + " answers " + request
				+ " with a stream, so read it with retrieveFlux, or add another answer with when(path)");
	}

	private Answer answer(int status, MediaType type, byte[] body) {
		return new Answer(status, headers(type), body, this.client.instance(), body.length);
	}

	private static io.netty.handler.codec.http.HttpHeaders headers(MediaType contentType) {
		return new DefaultHttpHeaders().set(HttpHeaderNames.CONTENT_TYPE, contentType.toString());
	}

	private Answer successful(Answer answer) {
		if (answer.httpStatus().is2xxSuccessful()) {
			return answer;
		}
		throw new EasStatusException(this.client.attempt(), answer, this.method.name(), this.path);
	}

	private @Nullable Object decode(Answer answer, ResolvableType type) {
		try {
			return this.codecs.decode(answer, type);
		}
		catch (RuntimeException ex) {
			throw unreadable(ex);
		}
	}

	private EasCodecException unreadable(Throwable failure) {
		return new EasCodecException(this.client.attempt(), "the answer can't be read: " + failure.getMessage(),
				failure);
	}

	private RecordedRequest recorded() {
		HttpHeaders sent = new HttpHeaders(this.headers);
		byte[] bytes = {};
		if (this.body != null) {
			MediaType set = sent.getContentType();
			MediaType type = (set != null) ? set : this.codecs.defaultType(this.body);
			sent.setContentType(type);
			try {
				bytes = bytes(this.body, type);
			}
			catch (RuntimeException ex) {
				throw new EasCodecException(this.client.attempt(), "the body can't be written: " + ex.getMessage(), ex);
			}
		}
		return new RecordedRequest(this.method, this.path, Map.copyOf(this.query),
				HttpHeaders.readOnlyHttpHeaders(sent), this.body, bytes, this.hashKey, this.requestId);
	}

	private byte[] bytes(Object content, MediaType type) {
		EncodedBody encoded = this.codecs.encode(content, type);
		return Arrays.copyOfRange(encoded.bytes(), encoded.offset(), encoded.offset() + encoded.length());
	}

}
