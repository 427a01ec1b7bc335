package io.eas.deployment.finding;

import java.util.regex.Pattern;

/**
 * Asterisks that stand in place of a value, as in the vendor's documentation:
 * {@code "workspace_id": "****"}.
 */
public final class Placeholder {

	// nothing else, or three anywhere: "**" within a text may be a pattern of files
	private static final Pattern ASTERISKS = Pattern.compile("\\*+|.*\\*{3}.*", Pattern.DOTALL);

	private Placeholder() {
	}

	/**
	 * Whether a text is still to be replaced.
	 * @param text the text
	 * @return {@code true} if asterisks hide all of it, or a part
	 */
	public static boolean isIn(String text) {
		return ASTERISKS.matcher(text).matches();
	}

}
