package io.eas.deployment.validation;

import java.util.ArrayList;
import java.util.List;

/**
 * The words of a command line as the program gets them: without quotes and backslashes,
 * by the quoting rules of POSIX (Shell Command Language, 2.2). The end of a line is a
 * word of its own, {@code ;}, as it ends a command.
 */
final class Unquoted {

	private static final char NONE = 0;

	private final List<String> words = new ArrayList<>();

	private StringBuilder word = new StringBuilder();

	private boolean begun;

	private char quote = NONE;

	private Unquoted() {
	}

	/**
	 * Takes the quotes off.
	 * @param line begins with the word
	 * @return what the first word says
	 */
	static String of(String line) {
		return words(line).stream().findFirst().orElse("");
	}

	/**
	 * Takes a line, or several, apart.
	 * @param line what a shell would get
	 * @return what its words say
	 */
	static List<String> words(String line) {
		Unquoted unquoted = new Unquoted();
		for (int i = 0; i < line.length(); i++) {
			char c = line.charAt(i);
			if (unquoted.escapes(c) && i + 1 < line.length()) {
				i++;
				unquoted.escaped(line.charAt(i));
			}
			else {
				unquoted.plain(c);
			}
		}
		unquoted.end();
		return unquoted.words;
	}

	private boolean escapes(char c) {
		return c == '\\' && this.quote != '\'';
	}

	private void escaped(char c) {
		if (c == '\n') {
			return; // the line goes on
		}
		boolean special = this.quote == NONE || "$`\"\\".indexOf(c) >= 0;
		this.word.append(special ? "" : "\\").append(c);
		this.begun = true;
	}

	private void plain(char c) {
		if (this.quote != NONE && c == this.quote) {
			this.quote = NONE;
		}
		else if (this.quote == NONE && (c == '\'' || c == '"')) {
			this.quote = c;
			this.begun = true;
		}
		else if (this.quote == NONE && Character.isWhitespace(c)) {
			end();
			if (c == '\n') {
				this.words.add(";");
			}
		}
		else {
			this.word.append(c);
			this.begun = true;
		}
	}

	private void end() {
		if (this.begun) {
			this.words.add(this.word.toString());
		}
		this.word = new StringBuilder();
		this.begun = false;
	}

}
