package io.eas.client;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

import org.springframework.web.util.UriUtils;

/**
 * The paths of a service's calls as they are sent, each encoded once. Thread-safe.
 */
final class EncodedPaths {

	/** Applications that make up paths don't make this grow. */
	private static final int MOST = 64;

	/** What there must be for a path to be another one than it seems. */
	private static final Pattern FOLDED = Pattern.compile("[.;%\\\\]");

	/** In UTF-8 as long as it should be and longer, and as IIS has it. */
	private static final Pattern DOT = Pattern.compile("(?i)%(2e|c0%ae|e0%80%ae|u002e)");

	private static final Pattern SLASH = Pattern.compile("(?i)\\\\|%(2f|5c|c0%af|e0%80%af|u002f|u005c|c1%9c)");

	private static final Pattern CONTROL = Pattern.compile("(?i)%([01][0-9a-f]|7f)");

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
		int broken = Characters.indexOfUnsendable(path);
		if (broken >= 0) {
			throw new IllegalArgumentException("The path must not hold " + Characters.describe(path, broken) + ", was '"
					+ path.replaceAll("[\\p{Cntrl}\\p{Cs}]", "\uFFFD") + "'");
		}
		if (FOLDED.matcher(path).find()) {
			requireStraight(path);
		}
		return path;
	}

	/**
	 * Servers, and what stands before them, take a backslash for a slash, decode once
	 * more than they should, and drop the parameters of a segment before they look at it.
	 */
	private static void requireStraight(String path) {
		String folded = path;
		String before;
		do {
			before = folded;
			folded = SLASH.matcher(DOT.matcher(folded).replaceAll(".")).replaceAll("/");
			folded = folded.replaceAll("(?i)%3b", ";").replace("%25", "%");
		}
		while (!folded.equals(before));
		if (CONTROL.matcher(folded).find()) {
			throw new IllegalArgumentException(
					"The path must not hold an encoded control character, was '" + path + "'");
		}
		for (String segment : folded.split("/")) {
			int parameters = segment.indexOf(';');
			String name = (parameters >= 0) ? segment.substring(0, parameters) : segment;
			if (name.equals("..") || name.equals(".") || (name.isEmpty() && parameters >= 0)) {
				throw new IllegalArgumentException("The path must not go up or around, was '" + path + "'");
			}
		}
	}

}
