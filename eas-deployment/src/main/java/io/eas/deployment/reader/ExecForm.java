package io.eas.deployment.reader;

import java.util.regex.Pattern;

/**
 * How {@code exec} wants a command line written, without a word of it: any may be a
 * secret.
 */
final class ExecForm {

	private static final Pattern NEEDS_SHELL = Pattern.compile("[|&;<>$`*\\n]");

	private ExecForm() {
	}

	/**
	 * The form of the array to write.
	 * @param line a command line
	 * @return JSON; by way of a shell where the line needs one
	 */
	static String of(String line) {
		return NEEDS_SHELL.matcher(line).find() ? "[\"sh\", \"-c\", \"…\"]" : "[\"program\", \"argument\"]";
	}

}
