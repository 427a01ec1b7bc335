package io.eas.deployment.finding;

import java.util.regex.Pattern;

/**
 * Detects asterisks that stand in place of a value, as in the vendor's documentation:
 * {@code "workspace_id": "****"}.
 */
public final class Placeholder {

	// asterisks only, or three anywhere: "**" within a text may be a file pattern
	private static final Pattern ASTERISKS = Pattern.compile("\\*+|.*\\*{3}.*", Pattern.DOTALL);

	private Placeholder() {
	}

	/**
	 * Returns whether a text is a placeholder that is still to be replaced.
	 * @param text the text
	 * @return {@code true} if asterisks replace the text or a part of it
	 */
	public static boolean isIn(String text) {
		return ASTERISKS.matcher(text).matches();
	}

}
