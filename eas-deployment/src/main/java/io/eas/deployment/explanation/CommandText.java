package io.eas.deployment.explanation;

import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Describes a command for people: only its program, because any argument may be a secret.
 */
final class CommandText {

	private static final Pattern PROGRAM = Pattern.compile("[A-Za-z0-9_./+@-]{1,200}");

	private CommandText() {
	}

	/**
	 * Describes the command of a container.
	 * @param line a command line; {@code null} if none is given
	 * @return a text such as {@code java …}
	 */
	static String of(@Nullable String line) {
		if (line == null) {
			return "the command of its image";
		}
		String[] words = line.strip().split("\\s+", 2);
		return program(words[0]) + ((words.length > 1) ? " …" : "");
	}

	/**
	 * Describes the command of a check.
	 * @param command the program and its arguments
	 */
	static String of(List<String> command) {
		int arguments = command.size() - 1;
		return switch (arguments) {
			case -1 -> "nothing";
			case 0 -> program(command.get(0));
			case 1 -> program(command.get(0)) + " with 1 argument";
			default -> program(command.get(0)) + " with " + arguments + " arguments";
		};
	}

	private static String program(String word) {
		return PROGRAM.matcher(word).matches() ? word : "a command";
	}

}
