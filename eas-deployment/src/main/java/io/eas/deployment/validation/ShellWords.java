package io.eas.deployment.validation;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Parses a command line as a shell does, as far as needed to distinguish a single command
 * from a script.
 *
 * @param shell the first construct that only a shell understands, for people
 * @param open whether a quote is open at the end
 */
record ShellWords(Optional<String> shell, boolean open) {

	private static final Set<String> BUILTINS = Set.of("cd", "source", ".", "export", "set", "unset", "exec", "eval",
			"ulimit", "umask", "if", "for", "while", "until", "case", "trap", "alias", "{", "!");

	// sh -c, bash -lc, /bin/sh -e -c, with the script that follows
	private static final Pattern SCRIPT = Pattern
		.compile("(?:\\S*/)?(?:env\\s+)?(?:ba|da|z|k|a)?sh(?:\\s+-\\S+)*?\\s+-[a-z]*c\\s+(.*)", Pattern.DOTALL);

	// exec only replaces the shell by the program
	private static final Pattern EXEC = Pattern.compile("^exec\\s+");

	private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=.*", Pattern.DOTALL);

	/**
	 * Parses a command line.
	 * @param line the line
	 * @return the result
	 */
	static ShellWords of(String line) {
		ShellScanner scan = new ShellScanner(line.strip());
		String shell = scan.openQuote() ? scan.firstOperator() : shell(line.strip());
		return new ShellWords(Optional.ofNullable(shell), scan.openQuote());
	}

	private static @Nullable String shell(String line) {
		String operator = new ShellScanner(line).firstOperator();
		if (operator != null) {
			return operator;
		}
		Matcher inner = SCRIPT.matcher(line);
		return inner.matches() ? inShell(inner.group(1)) : firstWord(line);
	}

	/**
	 * Returns the first shell construct in the script that is passed to a shell with -c.
	 * Such a script often consists of a single command.
	 */
	private static @Nullable String inShell(String argument) {
		String script = Unquoted.of(argument).strip();
		return shell(EXEC.matcher(script).replaceFirst(""));
	}

	private static @Nullable String firstWord(String line) {
		String word = line.split("\\s", 2)[0];
		if (word.startsWith("(")) {
			return "a shell of its own (\"(\")";
		}
		if (BUILTINS.contains(word)) {
			return "\"" + word + "\", which is no program but a word of the shell";
		}
		if (ASSIGNMENT.matcher(word).matches()) {
			return "a variable before the program (\"" + word.substring(0, word.indexOf('='))
					+ "=…\"), which goes into env";
		}
		return null;
	}

}
