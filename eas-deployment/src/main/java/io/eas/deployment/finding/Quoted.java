package io.eas.deployment.finding;

import java.util.Locale;
import java.util.regex.Pattern;

import tools.jackson.core.io.JsonStringEncoder;

/**
 * Texts of a file as a message shows them: on one line, and not too long.
 */
public final class Quoted {

	private static final int LONGEST = 100;

	private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z0-9_.-]+");

	private Quoted() {
	}

	/**
	 * A text in quotes.
	 * @param text the text
	 * @return as JSON would write it, shortened
	 */
	public static String text(String text) {
		return '"' + shortened(text) + '"';
	}

	/**
	 * A text without quotes.
	 * @param text the text
	 * @return escaped as in JSON, shortened
	 */
	public static String shortened(String text) {
		String escaped = escaped(text);
		return (escaped.length() <= LONGEST) ? escaped : escaped.substring(0, LONGEST) + "…";
	}

	/**
	 * The path of a key in an object.
	 * @param parent the object's path
	 * @param key the key
	 * @return such as {@code metadata.rpc}; an odd key in brackets
	 */
	public static String path(String parent, String key) {
		if (!PLAIN_KEY.matcher(key).matches()) {
			return parent + '[' + text(key) + ']';
		}
		return parent.isEmpty() ? key : parent + '.' + key;
	}

	/*
	 * JSON leaves characters alone that a terminal obeys: DEL and the second set of
	 * control characters.
	 */
	private static String escaped(String text) {
		StringBuilder escaped = new StringBuilder();
		for (char c : JsonStringEncoder.getInstance().quoteAsCharArray(text)) {
			escaped
				.append((c < 0x7F || c >= 0xA0) ? String.valueOf(c) : String.format(Locale.ROOT, "\\u%04X", (int) c));
		}
		return escaped.toString();
	}

}
