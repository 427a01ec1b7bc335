package io.eas.emulator;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a handler answers. Immutable but for {@link #body()}, which is not copied.
 */
public final class EmulatedResponse {

	private final int status;

	private final Map<String, String> headers;

	private final byte[] body;

	private EmulatedResponse(int status, Map<String, String> headers, byte[] body) {
		if (status < 200 || status > 999) {
			throw new IllegalArgumentException("status must be between 200 and 999, was " + status);
		}
		this.status = status;
		this.headers = Map.copyOf(headers);
		this.body = Objects.requireNonNull(body);
	}

	/**
	 * An answer of JSON.
	 * @param status the HTTP status
	 * @param json the document
	 * @return the answer
	 */
	public static EmulatedResponse json(int status, String json) {
		return bytes(status, json.getBytes(StandardCharsets.UTF_8), "application/json");
	}

	/**
	 * An answer of text.
	 * @param status the HTTP status
	 * @param text sent as UTF-8
	 * @return the answer
	 */
	public static EmulatedResponse text(int status, String text) {
		return bytes(status, text.getBytes(StandardCharsets.UTF_8), "text/plain; charset=utf-8");
	}

	/**
	 * An answer of bytes.
	 * @param status the HTTP status
	 * @param body the bytes, not copied
	 * @param contentType the media type
	 * @return the answer
	 */
	public static EmulatedResponse bytes(int status, byte[] body, String contentType) {
		return new EmulatedResponse(status, Map.of("Content-Type", contentType), body);
	}

	/**
	 * Adds or replaces a header.
	 * @param name the header's name
	 * @param value its value
	 * @return a copy with that header
	 */
	public EmulatedResponse withHeader(String name, String value) {
		Map<String, String> changed = new LinkedHashMap<>(this.headers);
		changed.keySet().removeIf(name::equalsIgnoreCase);
		changed.put(name, value);
		return new EmulatedResponse(this.status, changed, this.body);
	}

	/**
	 * The HTTP status.
	 * @return from 200 to 999
	 */
	public int status() {
		return this.status;
	}

	/**
	 * The headers.
	 * @return names with values; {@code Content-Length} is added when it is sent
	 */
	public Map<String, String> headers() {
		return this.headers;
	}

	/**
	 * The body.
	 * @return its bytes, empty if there is none
	 */
	public byte[] body() {
		return this.body;
	}

}
