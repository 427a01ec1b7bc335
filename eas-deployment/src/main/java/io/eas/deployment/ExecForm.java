package io.eas.deployment;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A command line as the array that {@code exec} wants.
 */
final class ExecForm {

	private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

	private static final Pattern NEEDS_SHELL = Pattern.compile("[|&;<>$`*\\n]");

	private ExecForm() {
	}

	/**
	 * The array to write.
	 * @param line a command line
	 * @return JSON; by way of a shell where the line needs one
	 */
	static String array(String line) {
		List<String> words = NEEDS_SHELL.matcher(line).find() ? List.of("sh", "-c", line) : words(line);
		return words.stream().map(Quoted::text).collect(Collectors.joining(", ", "[", "]"));
	}

	private static List<String> words(String line) {
		List<String> words = new ArrayList<>();
		WORD.matcher(line).results().map(ExecForm::word).forEach(words::add);
		return words.isEmpty() ? List.of("program", "argument") : words;
	}

	private static String word(MatchResult match) {
		return (match.group(1) != null) ? match.group(1) : (match.group(2) != null) ? match.group(2) : match.group(3);
	}

}
