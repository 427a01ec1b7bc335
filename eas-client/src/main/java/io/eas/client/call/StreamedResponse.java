package io.eas.client.call;

import java.time.Duration;

import io.eas.http.Answer;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.cookie.ClientCookieDecoder;
import io.netty.handler.codec.http.cookie.Cookie;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseCookie;
import org.springframework.http.client.reactive.AbstractClientHttpResponse;
import org.springframework.http.support.Netty4HeadersAdapter;
import org.springframework.util.CollectionUtils;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/**
 * A response whose body has not been read yet.
 */
final class StreamedResponse extends AbstractClientHttpResponse {

	private static final MultiValueMap<String, ResponseCookie> NO_COOKIES = CollectionUtils
		.unmodifiableMultiValueMap(new LinkedMultiValueMap<>());

	private final @Nullable StreamedElements<?> elements;

	private StreamedResponse(int status, HttpHeaders headers, Flux<DataBuffer> body,
			@Nullable StreamedElements<?> elements) {
		super(HttpStatusCode.valueOf(status), headers(headers), cookies(headers), body);
		this.elements = elements;
	}

	/** Returns a response whose body arrives while it is read. */
	@SuppressWarnings("unchecked") // opened as such
	static StreamedResponse of(AnswerStream stream) {
		StreamedElements<?> elements = stream.elements();
		return new StreamedResponse(stream.report().status(), stream.headers(), (Flux<DataBuffer>) elements, elements);
	}

	/** Returns a response whose body has arrived. */
	static StreamedResponse of(Answer answer) {
		byte[] bytes = answer.body();
		Flux<DataBuffer> body = (bytes.length == 0) ? Flux.empty()
				: Flux.defer(() -> Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(bytes)));
		return new StreamedResponse(answer.status(), answer.headers(), body, null);
	}

	/** Closes the connection if nobody has subscribed to the body. */
	void release() {
		if (this.elements != null) {
			this.elements.release();
		}
	}

	/** Returns a read-only view of headers. */
	static org.springframework.http.HttpHeaders headers(HttpHeaders headers) {
		return org.springframework.http.HttpHeaders
			.readOnlyHttpHeaders(new org.springframework.http.HttpHeaders(new Netty4HeadersAdapter(headers)));
	}

	private static MultiValueMap<String, ResponseCookie> cookies(HttpHeaders headers) {
		if (!headers.contains(HttpHeaderNames.SET_COOKIE)) {
			return NO_COOKIES;
		}
		MultiValueMap<String, ResponseCookie> cookies = new LinkedMultiValueMap<>();
		for (String header : headers.getAll(HttpHeaderNames.SET_COOKIE)) {
			ResponseCookie cookie = cookie(header);
			if (cookie != null) {
				cookies.add(cookie.getName(), cookie);
			}
		}
		return CollectionUtils.unmodifiableMultiValueMap(cookies);
	}

	/**
	 * Parses a cookie. Returns null if Spring rejects the cookie, because the response
	 * can be used without it.
	 */
	private static @Nullable ResponseCookie cookie(String header) {
		Cookie cookie = ClientCookieDecoder.STRICT.decode(header);
		if (cookie == null) {
			return null;
		}
		try {
			return ResponseCookie.fromClientResponse(cookie.name(), cookie.value())
				.path(cookie.path())
				.domain(cookie.domain())
				.maxAge(age(cookie.maxAge()))
				.secure(cookie.isSecure())
				.httpOnly(cookie.isHttpOnly())
				.build();
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private static Duration age(long seconds) {
		return Duration.ofSeconds((seconds == Cookie.UNDEFINED_MAX_AGE) ? -1 : seconds);
	}

}
