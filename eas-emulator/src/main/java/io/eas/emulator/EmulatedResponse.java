package io.eas.emulator;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The response of a handler. Immutable, except that {@link #body()} is not copied.
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
	 * Creates a JSON response.
	 * @param status the HTTP status
	 * @param json the document
	 * @return the response
	 */
	public static EmulatedResponse json(int status, String json) {
		return bytes(status, json.getBytes(StandardCharsets.UTF_8), "application/json");
	}

	/**
	 * Creates a text response.
	 * @param status the HTTP status
	 * @param text the text, sent as UTF-8
	 * @return the response
	 */
	public static EmulatedResponse text(int status, String text) {
		return bytes(status, text.getBytes(StandardCharsets.UTF_8), "text/plain; charset=utf-8");
	}

	/**
	 * Creates a response from bytes.
	 * @param status the HTTP status
	 * @param body the bytes, not copied
	 * @param contentType the media type
	 * @return the response
	 */
	public static EmulatedResponse bytes(int status, byte[] body, String contentType) {
		return new EmulatedResponse(status, Map.of("Content-Type", contentType), body);
	}

	/**
	 * Returns a copy of this response in which a header is added or replaced.
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
	 * Returns the HTTP status.
	 * @return from 200 to 999
	 */
	public int status() {
		return this.status;
	}

	/**
	 * Returns the headers.
	 * @return names with values; {@code Content-Length} is added when the response is
	 * sent
	 */
	public Map<String, String> headers() {
		return this.headers;
	}

	/**
	 * Returns the body.
	 * @return its bytes, empty if there is none
	 */
	public byte[] body() {
		return this.body;
	}

}
