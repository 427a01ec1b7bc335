package io.eas.deployment.finding;

import java.util.Locale;
import java.util.regex.Pattern;

import tools.jackson.core.io.JsonStringEncoder;

/**
 * Formats texts of a file for messages: on one line and shortened.
 */
public final class Quoted {

	private static final int LONGEST = 100;

	private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z0-9_.-]+");

	private Quoted() {
	}

	/**
	 * Returns a text in quotes.
	 * @param text the text
	 * @return the text as a JSON string, shortened
	 */
	public static String text(String text) {
		return '"' + shortened(text) + '"';
	}

	/**
	 * Returns a text without quotes.
	 * @param text the text
	 * @return the text, escaped as in JSON and shortened
	 */
	public static String shortened(String text) {
		String escaped = escaped(text);
		return (escaped.length() <= LONGEST) ? escaped : escaped.substring(0, LONGEST) + "…";
	}

	/**
	 * Returns the path of a key in an object.
	 * @param parent the object's path
	 * @param key the key
	 * @return a path such as {@code metadata.rpc}; keys with unusual characters are in
	 * brackets
	 */
	public static String path(String parent, String key) {
		if (!PLAIN_KEY.matcher(key).matches()) {
			return parent + '[' + text(key) + ']';
		}
		return parent.isEmpty() ? key : parent + '.' + key;
	}

	/*
	 * Escapes a text as in JSON, and also control characters that JSON doesn't escape but
	 * terminals interpret: DEL and the C1 control characters.
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
