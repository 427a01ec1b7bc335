package io.eas.test.stub;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;

/**
 * A request that a stub has received.
 *
 * @param method the HTTP method
 * @param path the path below the prefix of the service, as the caller wrote it
 * @param query the values of the query parameters by name
 * @param headers the headers of the caller and the {@code Content-Type}
 * @param body the body as the caller set it, or null if there is none
 * @param bytes the body as it would be sent, before compression; empty without a body
 * @param hashKey the hash key, or null if the caller set none
 * @param requestId the request ID, or null if the caller set none
 */
public record RecordedRequest(HttpMethod method, String path, Map<String, List<Object>> query, HttpHeaders headers,
		@Nullable Object body, byte[] bytes, @Nullable String hashKey, @Nullable String requestId) {

	/**
	 * Returns the body as it would be sent.
	 * @return the text, such as JSON
	 */
	public String text() {
		return new String(this.bytes, StandardCharsets.UTF_8);
	}

	@Override
	public String toString() {
		return this.method + " '" + this.path + "'";
	}

}
