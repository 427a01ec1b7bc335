package io.eas.client;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.util.StringUtils;
import org.springframework.web.util.UriUtils;

/**
 * The paths of a service's calls as they are sent, each encoded once. Thread-safe.
 */
final class EncodedPaths {

	/** Applications that make up paths don't make this grow. */
	private static final int MOST = 64;

	private final String prefix;

	private final Map<String, String> known = new ConcurrentHashMap<>();

	/**
	 * No paths yet.
	 * @param prefix of all paths, encoded, without a trailing slash
	 */
	EncodedPaths(String prefix) {
		this.prefix = prefix;
	}

	/**
	 * The path as it is sent.
	 * @param path with a leading slash, not encoded; or nothing
	 * @throws IllegalArgumentException if it is more, or less, than a path
	 */
	String of(String path) {
		if (path.isEmpty()) {
			return this.prefix;
		}
		String encoded = this.known.get(path);
		if (encoded == null) {
			encoded = this.prefix + UriUtils.encodePath(checked(path), StandardCharsets.UTF_8);
			if (this.known.size() < MOST) {
				this.known.put(path, encoded);
			}
		}
		return encoded;
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

}
