package io.eas.deployment.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Removes quotes and backslashes from the words of a command line, as a shell does before
 * it passes them to a program. The quoting rules are those of POSIX (Shell Command
 * Language, 2.2 and 2.3).
 */
final class Unquoted {

	private static final char NONE = 0;

	/** A word with a query, such as a URL, in which an ampersand is not an operator. */
	private static final Pattern QUERY = Pattern.compile(".*[?=].+");

	private final String line;

	/** Whether to separate operators from words and to skip comments. */
	private final boolean script;

	private final List<Word> words = new ArrayList<>();

	private StringBuilder word = new StringBuilder();

	private boolean begun;

	private char quote = NONE;

	/** The number of open command substitutions. */
	private int depth;

	private boolean backquoted;

	private int at;

	private Unquoted(String line, boolean script) {
		this.line = line;
		this.script = script;
		while (this.at < line.length()) {
			step(line.charAt(this.at));
			this.at++;
		}
		end();
	}

	/**
	 * Returns the first word of a line, without its quotes.
	 * @param line a line that begins with the word
	 * @return the word
	 */
	static String of(String line) {
		return words(line).stream().findFirst().orElse("");
	}

	/**
	 * Splits one or more lines into words.
	 * @param line the text that a shell would get
	 * @return the words without quotes, including those of comments; operators stay part
	 * of a word, and the end of a line is a word of its own, {@code ;}
	 */
	static List<String> words(String line) {
		return new Unquoted(line, false).words.stream().map(Word::text).toList();
	}

	/**
	 * Splits a script into words and operators.
	 * @param script the text that a shell would get
	 * @return the words and operators, without comments
	 */
	static List<Word> script(String script) {
		return new Unquoted(script, true).words;
	}

	private void step(char c) {
		if (c == '\\' && this.quote != '\'' && next() != NONE) {
			this.at++;
			escaped(this.line.charAt(this.at));
		}
		else if (this.quote != NONE) {
			quoted(c);
		}
		else {
			plain(c);
		}
	}

	private void escaped(char c) {
		if (c == '\n') {
			return; // the line continues on the next one
		}
		boolean special = this.quote == NONE || "$`\"\\".indexOf(c) >= 0;
		append((special ? "" : "\\") + c);
	}

	private void quoted(char c) {
		if (c == this.quote) {
			this.quote = NONE;
		}
		else {
			append(String.valueOf(c));
		}
	}

	private void plain(char c) {
		if (c == '\'' || c == '"') {
			this.quote = c;
			this.begun = true;
		}
		else if (Character.isWhitespace(c)) {
			end();
			if (c == '\n' && !isSubstitution()) {
				this.words.add(new Word(";", true));
			}
		}
		else if (c == '#' && !this.begun && !isSubstitution()) {
			comment();
		}
		else if (this.script && !isSubstitution() && isOperator(c)) {
			operator();
		}
		else {
			substitution(c);
			append(String.valueOf(c));
		}
	}

	private void append(String text) {
		this.word.append(text);
		this.begun = true;
	}

	private void comment() {
		int end = this.line.indexOf('\n', this.at);
		String comment = this.line.substring(this.at, (end >= 0) ? end : this.line.length());
		if (!this.script) {
			for (String text : comment.strip().split("\\s+")) {
				this.words.add(new Word(text, false));
			}
		}
		this.at += comment.length() - 1;
	}

	private boolean isOperator(char c) {
		boolean redirected = endsWith("<>");
		return switch (c) {
			case ';', ')' -> true;
			case '(' -> !this.begun;
			case '|' -> !redirected;
			case '&' -> !redirected && next() != '>' && !isInQuery();
			default -> false;
		};
	}

	private boolean isInQuery() {
		return next() != NONE && next() != '&' && !Character.isWhitespace(next()) && QUERY.matcher(this.word).matches();
	}

	private void operator() {
		end();
		int start = this.at;
		while (";&|".indexOf(this.line.charAt(this.at)) >= 0 && ";&|".indexOf(next()) >= 0) {
			this.at++;
		}
		this.words.add(new Word(this.line.substring(start, this.at + 1), true));
	}

	private boolean isSubstitution() {
		return this.script && (this.depth > 0 || this.backquoted);
	}

	private void substitution(char c) {
		if (c == '`') {
			this.backquoted = !this.backquoted;
		}
		else if (c == '(' && (this.depth > 0 || endsWith("$<>"))) {
			this.depth++;
		}
		else if (c == ')' && this.depth > 0) {
			this.depth--;
		}
	}

	private boolean endsWith(String characters) {
		return !this.word.isEmpty() && characters.indexOf(this.word.charAt(this.word.length() - 1)) >= 0;
	}

	private char next() {
		return (this.at + 1 < this.line.length()) ? this.line.charAt(this.at + 1) : NONE;
	}

	private void end() {
		if (this.begun) {
			this.words.add(new Word(this.word.toString(), false));
		}
		this.word = new StringBuilder();
		this.begun = false;
	}

	/**
	 * A word or an operator between commands.
	 *
	 * @param text the text
	 * @param operator whether it is an operator, which ends a command
	 */
	record Word(String text, boolean operator) {
	}

}
