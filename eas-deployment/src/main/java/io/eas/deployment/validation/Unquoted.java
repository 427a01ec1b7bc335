package io.eas.deployment.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The words of a command line as the program gets them: without quotes and backslashes,
 * by the quoting rules of POSIX (Shell Command Language, 2.2 and 2.3).
 */
final class Unquoted {

	private static final char NONE = 0;

	/** A word with a query, such as of a URL, in which an ampersand is an ampersand. */
	private static final Pattern QUERY = Pattern.compile(".*[?=].+");

	private final String line;

	/** Whether to tell operators from words, and leave comments out. */
	private final boolean script;

	private final List<Word> words = new ArrayList<>();

	private StringBuilder word = new StringBuilder();

	private boolean begun;

	private char quote = NONE;

	/** How many substitutions of commands are open. */
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
	 * @return what its words say, those of comments too; operators stay part of a word,
	 * and the end of a line is a word of its own, {@code ;}
	 */
	static List<String> words(String line) {
		return new Unquoted(line, false).words.stream().map(Word::text).toList();
	}

	/**
	 * Takes a script apart.
	 * @param script what a shell would get
	 * @return its words and operators, without comments
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
			return; // the line goes on
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
	 * A word, or what stands between commands.
	 *
	 * @param text what it says
	 * @param operator whether it ends a command
	 */
	record Word(String text, boolean operator) {
	}

}
