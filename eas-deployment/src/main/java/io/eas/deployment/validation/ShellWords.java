package io.eas.deployment.validation;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A command line, seen as a shell sees it, as far as to tell one command from a script.
 *
 * @param shell the first thing that only a shell understands, for people
 * @param open whether a quote is open at the end
 */
record ShellWords(Optional<String> shell, boolean open) {

	private static final Set<String> BUILTINS = Set.of("cd", "source", ".", "export", "set", "unset", "exec", "eval",
			"ulimit", "umask", "if", "for", "while", "trap", "alias");

	private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=.*", Pattern.DOTALL);

	/**
	 * Looks through a command line.
	 * @param line the line
	 * @return what it has
	 */
	static ShellWords of(String line) {
		ShellScan scan = new ShellScan(line.strip());
		@Nullable String operator = scan.firstOperator();
		return new ShellWords(Optional.ofNullable((operator != null) ? operator : firstWord(line.strip())),
				scan.openQuote());
	}

	private static @Nullable String firstWord(String line) {
		String word = line.split("\\s", 2)[0];
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
