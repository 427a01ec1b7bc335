package io.eas.client.call;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.eas.http.Characters;

import org.springframework.web.util.UriUtils;

/**
 * The paths of a service's calls as they are sent, each encoded once. Thread-safe.
 */
final class EncodedPaths {

	/** Applications that make up paths don't make this grow. */
	private static final int MOST = 64;

	/** What there must be for a path to be another one than it seems. */
	private static final Pattern FOLDED = Pattern.compile("[.;%\\\\]");

	/** Of one byte, or of one character as IIS has it. */
	private static final Pattern ENCODED = Pattern.compile("%(?:u([0-9a-fA-F]{4})|([0-9a-fA-F]{2}))");

	/** An ASCII character in UTF-8 that is longer than it should be. */
	private static final Pattern OVERLONG = Pattern
		.compile("(?:[\\xC0\\xC1]|(?:\\xE0|\\xF0\\x80)[\\x80\\x81])[\\x80-\\xBF]");

	private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1F\\x7F]");

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
		String decoded = decoded(path);
		if (CONTROL.matcher(decoded).find()) {
			throw new IllegalArgumentException(
					"The path must not hold an encoded control character, was '" + path + "'");
		}
		for (String segment : decoded.replace('\\', '/').split("/")) {
			int parameters = segment.indexOf(';');
			String name = (parameters >= 0) ? segment.substring(0, parameters) : segment;
			if (name.equals("..") || name.equals(".") || (name.isEmpty() && parameters >= 0)) {
				throw new IllegalArgumentException("The path must not go up or around, was '" + path + "'");
			}
		}
	}

	/** What remains when nothing is left to decode, with a character for each byte. */
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
