package io.eas.emulator.net;

import java.util.Map;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * A complete response with valid headers. Immutable, except that its body is not copied.
 */
public final class WireResponse {

	private static final JsonMapper JSON = JsonMapper.shared();

	private final int status;

	private final HttpHeaders headers;

	private final byte[] body;

	/**
	 * Creates a response, to which {@code Content-Length} is added.
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
	 * Creates a JSON response.
	 * @param status the HTTP status
	 * @param value the object that Jackson writes
	 * @return the response
	 */
	public static WireResponse json(int status, Object value) {
		return json(status, JSON.writeValueAsBytes(value));
	}

	/**
	 * Creates a response from bytes that are declared as JSON.
	 * @param status the HTTP status
	 * @param body the bytes, in UTF-8
	 * @return the response
	 */
	public static WireResponse json(int status, byte[] body) {
		return new WireResponse(status, Map.of("Content-Type", "application/json"), body);
	}

	/**
	 * Creates a JSON response that describes an error.
	 * @param status the HTTP status
	 * @param error the description of the error
	 * @return the response
	 */
	public static WireResponse error(int status, String error) {
		return json(status, Map.of("error", error));
	}

	/**
	 * Writes the response.
	 * @param answer the writer
	 * @return cold; completes when everything was written
	 */
	public Mono<Void> write(ResponseWriter answer) {
		return Mono
			.from(answer.write(this.status, this.headers, Mono.fromSupplier(() -> Unpooled.wrappedBuffer(this.body))));
	}

}
