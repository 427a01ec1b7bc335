package io.eas.client;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;
import org.springframework.web.util.UriUtils;

/**
 * The path and query of a call while they are put together.
 */
final class RequestTarget {

	private final String path;

	private @Nullable StringBuilder query;

	RequestTarget(String prefix, String path) {
		this.path = path.isEmpty() ? prefix : prefix + UriUtils.encodePath(checked(path), StandardCharsets.UTF_8);
	}

	private static String checked(String path) {
		if (path.charAt(0) != '/') {
			throw new IllegalArgumentException("The path must start with a slash, was '" + path + "'");
		}
		if (path.indexOf('?') >= 0 || path.indexOf('#') >= 0) {
			throw new IllegalArgumentException(
					"The path must not hold a query or a fragment, was '" + path + "'; use query(name, value)");
		}
		for (String segment : StringUtils.tokenizeToStringArray(path, "/", false, true)) {
			if (segment.equals("..") || segment.equals(".")) {
				throw new IllegalArgumentException("The path must not go up or around, was '" + path + "'");
			}
		}
		return path;
	}

	void query(String name, Object... values) {
		if (values.length == 0) {
			add(name);
		}
		for (Object value : values) {
			add(name).append('=').append(UriUtils.encode(value.toString(), StandardCharsets.UTF_8));
		}
	}

	private StringBuilder add(String name) {
		StringBuilder text = (this.query != null) ? this.query.append('&') : new StringBuilder("?");
		this.query = text;
		return text.append(UriUtils.encode(name, StandardCharsets.UTF_8));
	}

	@Override
	public String toString() {
		return (this.query != null) ? this.path + this.query : this.path;
	}

}
