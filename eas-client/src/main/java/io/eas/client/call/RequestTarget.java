package io.eas.client.call;

import java.nio.charset.StandardCharsets;

import io.eas.http.Characters;
import org.jspecify.annotations.Nullable;

import org.springframework.web.util.UriUtils;

/**
 * Builder of the path and query of a call. Not thread-safe.
 */
final class RequestTarget {

	private final String path;

	private @Nullable StringBuilder query;

	/**
	 * Creates a target without a query.
	 * @param path the encoded path
	 */
	RequestTarget(String path) {
		this.path = path;
	}

	void query(String name, Object... values) {
		if (values.length == 0) {
			add(name);
		}
		for (Object value : values) {
			add(name).append('=').append(encode(value.toString()));
		}
	}

	private StringBuilder add(String name) {
		StringBuilder text = (this.query != null) ? this.query.append('&') : new StringBuilder("?");
		this.query = text;
		return text.append(encode(name));
	}

	private static String encode(String text) {
		int broken = Characters.indexOfLoneSurrogate(text);
		if (broken >= 0) {
			throw new IllegalArgumentException("The query must not hold " + Characters.describe(text, broken));
		}
		return UriUtils.encode(text, StandardCharsets.UTF_8);
	}

	@Override
	public String toString() {
		return (this.query != null) ? this.path + this.query : this.path;
	}

}
