package io.eas.client.request;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.eas.http.Characters;
import org.jspecify.annotations.Nullable;

import org.springframework.web.util.UriUtils;

/**
 * Builder of the path and query of a call. Not thread-safe.
 */
public final class RequestTarget {

	private final String path;

	private @Nullable StringBuilder query;

	/**
	 * Creates a target without a query.
	 * @param path the encoded path
	 */
	public RequestTarget(String path) {
		this.path = path;
	}

	public void query(String name, Object... values) {
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

	/**
	 * The encoded paths of a service's calls. Each path is encoded only once.
	 * Thread-safe.
	 */
	public static final class Paths {

		/** Limits the memory for applications whose paths are generated. */
		private static final int MOST = 64;

		/** An encoded byte, or an encoded character as IIS accepts it. */
		private static final Pattern ENCODED = Pattern.compile("%(?:u([0-9a-fA-F]{4})|([0-9a-fA-F]{2}))");

		/** An ASCII character in an overlong UTF-8 encoding. */
		private static final Pattern OVERLONG = Pattern
			.compile("(?:[\\xC0\\xC1]|(?:\\xE0|\\xF0\\x80)[\\x80\\x81])[\\x80-\\xBF]");

		private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1F\\x7F]");

		private final String prefix;

		private final Map<String, String> known = new ConcurrentHashMap<>();

		/**
		 * Creates an empty cache.
		 * @param prefix the encoded prefix of all paths, without a trailing slash
		 */
		public Paths(String prefix) {
			this.prefix = prefix;
		}

		/**
		 * Returns the path to send.
		 * @param path the path with a leading slash, not encoded; or an empty string
		 * @throws IllegalArgumentException if the path has a query or a fragment, has no
		 * leading slash, contains characters that can't be sent, or leaves the prefix
		 */
		public String of(String path) {
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

		/**
		 * Returns the path and query to send.
		 * @param path the encoded path with a leading slash, or an empty string
		 * @param query the encoded query, or null
		 * @throws IllegalArgumentException if the path has no leading slash or leaves the
		 * prefix, or if either contains characters that can't be sent
		 */
		public String ofEncoded(String path, @Nullable String query) {
			if (!path.isEmpty() && path.charAt(0) != '/') {
				throw new IllegalArgumentException("The path must start with a slash, was '" + path + "'");
			}
			requireEncoded("path", path);
			if (mayFold(path)) {
				requireStraight(path);
			}
			if (query == null) {
				return this.prefix + path;
			}
			requireEncoded("query", query);
			return this.prefix + path + '?' + query;
		}

		/** Returns whether a path contains a character that needs a further check. */
		private static boolean mayFold(String path) {
			for (int i = 0; i < path.length(); i++) {
				char character = path.charAt(i);
				if (character == '.' || character == ';' || character == '%' || character == '\\') {
					return true;
				}
			}
			return false;
		}

		private static void requireEncoded(String part, String text) {
			int unsendable = Characters.indexOutsideHeader(text);
			if (unsendable >= 0) {
				throw new IllegalArgumentException(
						"The " + part + " must be encoded, but contains " + Characters.describe(text, unsendable));
			}
		}

		private static String checked(String path) {
			if (path.charAt(0) != '/') {
				throw new IllegalArgumentException("The path must start with a slash, was '" + path + "'");
			}
			if (path.indexOf('?') >= 0 || path.indexOf('#') >= 0) {
				throw new IllegalArgumentException(
						"The path must not hold a query or a fragment, was '" + path + "'; use query(name, value)");
			}
			int broken = Characters.indexOfUnsendable(path);
			if (broken >= 0) {
				throw new IllegalArgumentException("The path must not hold " + Characters.describe(path, broken)
						+ ", was '" + path.replaceAll("[\\p{Cntrl}\\p{Cs}]", "\uFFFD") + "'");
			}
			if (mayFold(path)) {
				requireStraight(path);
			}
			return path;
		}

		/**
		 * Rejects paths that a server might normalize. Servers and proxies treat a
		 * backslash as a slash, decode more often than they should, and remove the
		 * parameters of a segment before they interpret it.
		 */
		private static void requireStraight(String path) {
			String decoded = decoded(path);
			if (CONTROL.matcher(decoded).find()) {
				throw new IllegalArgumentException(
						"The path must not hold an encoded control character, was '" + path + "'");
			}
			for (String segment : decoded.replace('\\', '/').split("/")) {
				int parameters = segment.indexOf(';');
				String name = (parameters >= 0) ? segment.substring(0, parameters) : segment;
				if (name.equals("..") || name.equals(".") || (name.isEmpty() && parameters >= 0)) {
					throw new IllegalArgumentException(
							"The path must not contain the segment '.' or '..', or an empty segment with parameters "
									+ "such as '/;a=b', was '" + path + "'");
				}
			}
		}

		/**
		 * Decodes a path repeatedly, until it contains nothing more to decode. Each byte
		 * becomes one character.
		 */
		private static String decoded(String path) {
			String decoded = new String(path.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
			String before;
			do {
				before = decoded;
				decoded = ENCODED.matcher(decoded).replaceAll((match) -> {
					String digits = (match.group(1) != null) ? match.group(1) : match.group(2);
					return character(Integer.parseInt(digits, 16));
				});
				decoded = OVERLONG.matcher(decoded).replaceAll((match) -> {
					String bytes = match.group();
					int last = bytes.length() - 1;
					return character((bytes.charAt(last - 1) & 1) << 6 | (bytes.charAt(last) & 0x3F));
				});
			}
			while (!decoded.equals(before));
			return decoded;
		}

		private static String character(int code) {
			return Matcher.quoteReplacement(String.valueOf((char) code));
		}

	}

}
