package io.eas.deployment.validation;

import tools.jackson.core.io.JsonStringEncoder;

/**
 * Texts of a file in messages.
 */
final class Shown {

	private static final int LONGEST = 100;

	private Shown() {
	}

	/**
	 * A text in quotes, on one line.
	 * @param text the text
	 * @return as JSON would write it, shortened
	 */
	static String text(String text) {
		String escaped = String.valueOf(JsonStringEncoder.getInstance().quoteAsCharArray(text));
		return '"' + ((escaped.length() <= LONGEST) ? escaped : escaped.substring(0, LONGEST) + "…") + '"';
	}

}
