package io.eas.emulator.instance;

import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces references to variables in arguments with the variables' values.
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
	 * Expands variables as the kubelet does: <code>$(NAME)</code> is replaced by the
	 * value, or kept if there is no such variable; <code>$$</code> is replaced by
	 * <code>$</code>, so that <code>$$(NAME)</code> results in the literal
	 * <code>$(NAME)</code>.
	 */
	static String byKubelet(String text, Map<String, String> variables) {
		return replaced(OF_KUBELET, text,
				(found) -> (found.group(1) != null) ? variables.getOrDefault(found.group(1), found.group()) : "$");
	}

	/**
	 * Expands <code>$NAME</code> and <code>${NAME}</code> as a shell does. Other
	 * expansions of shells are not supported.
	 */
	static String byShell(String text, Map<String, String> variables) {
		return replaced(OF_SHELL, text, (found) -> variables
			.getOrDefault((found.group(1) != null) ? found.group(1) : found.group(2), found.group()));
	}

	private static String replaced(Pattern pattern, String text, Function<MatchResult, String> value) {
		return pattern.matcher(text).replaceAll((found) -> Matcher.quoteReplacement(value.apply(found)));
	}

}
