package io.eas.deployment.validation;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Scans a command line once, by the quoting rules of POSIX (Shell Command Language, 2.2):
 * in single quotes nothing is special; in double quotes only command substitution is; a
 * backslash removes the special meaning of the next character. An ampersand in the query
 * of a URL, such as {@code http://host/path?a=1&b=2}, isn't an operator.
 */
final class ShellScanner {

	private static final char NONE = 0;

	private static final Pattern QUERY = Pattern.compile("[?=]\\S+$");

	private final String line;

	private char quote = NONE;

	private @Nullable String operator;

	ShellScanner(String line) {
		this.line = line;
		for (int i = 0; i < line.length(); i++) {
			i += step(i);
		}
	}

	/**
	 * Returns the first operator, which makes the command line a script.
	 * @return a text for people; {@code null} if it isn't a script
	 */
	@Nullable String firstOperator() {
		return this.operator;
	}

	boolean openQuote() {
		return this.quote != NONE;
	}

	/** Scans a character. Returns how many further characters were consumed. */
	private int step(int i) {
		char c = this.line.charAt(i);
		if (c == '\\' && this.quote != '\'') {
			return 1;
		}
		if (this.quote != NONE && c == this.quote) {
			this.quote = NONE;
		}
		else if (this.quote == NONE && (c == '\'' || c == '"')) {
			this.quote = c;
		}
		else if (this.operator == null && this.quote != '\'') {
			this.operator = found(i, c);
		}
		return 0;
	}

	private @Nullable String found(int i, char c) {
		if (c == '`' || (c == '$' && next(i) == '(')) {
			return "the output of another command (" + ((c == '`') ? "`…`" : "$(…)") + ")";
		}
		if (this.quote != NONE) {
			return null;
		}
		return switch (c) {
			case '\n', '\r' -> "several lines";
			case ';' -> "\";\"";
			case '|' -> (next(i) == '|') ? "\"||\"" : "\"|\"";
			case '&' -> ampersand(i);
			case '>', '<' -> "a redirection (\"" + c + "\")";
			default -> null;
		};
	}

	private @Nullable String ampersand(int i) {
		if (next(i) == '&') {
			return "\"&&\"";
		}
		boolean atEnd = next(i) == NONE || Character.isWhitespace(next(i));
		return (atEnd || !QUERY.matcher(this.line.substring(0, i)).find()) ? "\"&\"" : null;
	}

	private char next(int i) {
		return (i + 1 < this.line.length()) ? this.line.charAt(i + 1) : NONE;
	}

}
