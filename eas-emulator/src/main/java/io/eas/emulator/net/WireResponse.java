package io.eas.emulator.net;

import java.util.Map;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * A whole response, whose headers can be sent. Immutable but for its body, which is not
 * copied.
 */
public final class WireResponse {

	private static final JsonMapper JSON = JsonMapper.shared();

	private final int status;

	private final HttpHeaders headers;

	private final byte[] body;

	/**
	 * A response; {@code Content-Length} is added.
	 * @param status the HTTP status
	 * @param headers names with values
	 * @param body the bytes, not copied
	 * @throws IllegalArgumentException if a header can't be sent
	 */
	public WireResponse(int status, Map<String, String> headers, byte[] body) {
		this.status = status;
		this.headers = new DefaultHttpHeaders();
		headers.forEach(this.headers::set);
		this.headers.set(HttpHeaderNames.CONTENT_LENGTH, body.length);
		this.body = body;
	}

	/**
	 * A JSON document.
	 * @param status the HTTP status
	 * @param value what Jackson writes
	 * @return the response
	 */
	public static WireResponse json(int status, Object value) {
		return json(status, JSON.writeValueAsBytes(value));
	}

	/**
	 * Bytes that claim to be JSON.
	 * @param status the HTTP status
	 * @param body the bytes, in UTF-8
	 * @return the response
	 */
	public static WireResponse json(int status, byte[] body) {
		return new WireResponse(status, Map.of("Content-Type", "application/json"), body);
	}

	/**
	 * An error, as JSON.
	 * @param status the HTTP status
	 * @param error what was wrong, for people
	 * @return the response
	 */
	public static WireResponse error(int status, String error) {
		return json(status, Map.of("error", error));
	}

	/**
	 * Writes it.
	 * @param answer where to
	 * @return cold; completes when all was written
	 */
	public Mono<Void> write(ResponseWriter answer) {
		return Mono
			.from(answer.write(this.status, this.headers, Mono.fromSupplier(() -> Unpooled.wrappedBuffer(this.body))));
	}

}
