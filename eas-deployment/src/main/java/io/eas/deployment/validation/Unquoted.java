package io.eas.deployment.validation;

/**
 * The first word of a command line as the program gets it: without its quotes and
 * backslashes, by the quoting rules of POSIX (Shell Command Language, 2.2).
 */
final class Unquoted {

	private static final char NONE = 0;

	private final StringBuilder word = new StringBuilder();

	private char quote = NONE;

	private Unquoted() {
	}

	/**
	 * Takes the quotes off.
	 * @param line begins with the word
	 * @return what the word says
	 */
	static String of(String line) {
		Unquoted unquoted = new Unquoted();
		for (int i = 0; i < line.length(); i++) {
			char c = line.charAt(i);
			if (unquoted.quote == NONE && Character.isWhitespace(c)) {
				break;
			}
			if (unquoted.escapes(c) && i + 1 < line.length()) {
				i++;
				unquoted.escaped(line.charAt(i));
			}
			else {
				unquoted.plain(c);
			}
		}
		return unquoted.word.toString();
	}

	private boolean escapes(char c) {
		return c == '\\' && this.quote != '\'';
	}

	private void escaped(char c) {
		boolean special = this.quote == NONE || "$`\"\\\n".indexOf(c) >= 0;
		this.word.append(special ? "" : "\\").append(c);
	}

	private void plain(char c) {
		if (this.quote != NONE && c == this.quote) {
			this.quote = NONE;
		}
		else if (this.quote == NONE && (c == '\'' || c == '"')) {
			this.quote = c;
		}
		else {
			this.word.append(c);
		}
	}

}
