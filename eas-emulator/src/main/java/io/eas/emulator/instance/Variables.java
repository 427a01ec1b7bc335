package io.eas.emulator.instance;

import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts the values of variables where an argument names them.
 *
 * <p>
 * Source: kubernetes {@code third_party/forked/golang/expansion}.
 */
final class Variables {

	private static final Pattern OF_KUBELET = Pattern.compile("\\$(?:\\$|\\(([^)]*)\\))");

	private static final Pattern OF_SHELL = Pattern.compile("\\$(?:\\{(\\w+)}|(\\w+))");

	private Variables() {
	}

	/**
	 * As the kubelet does: <code>$(NAME)</code> becomes the value, and stays where there
	 * is no such variable; <code>$$</code> becomes <code>$</code>, so that
	 * <code>$$(NAME)</code> is the name in the end.
	 */
	static String byKubelet(String text, Map<String, String> variables) {
		return replaced(OF_KUBELET, text,
				(found) -> (found.group(1) != null) ? variables.getOrDefault(found.group(1), found.group()) : "$");
	}

	/** As a shell does with <code>$NAME</code> and <code>${NAME}</code>, at least. */
	static String byShell(String text, Map<String, String> variables) {
		return replaced(OF_SHELL, text, (found) -> variables
			.getOrDefault((found.group(1) != null) ? found.group(1) : found.group(2), found.group()));
	}

	private static String replaced(Pattern pattern, String text, Function<MatchResult, String> value) {
		return pattern.matcher(text).replaceAll((found) -> Matcher.quoteReplacement(value.apply(found)));
	}

}
