package io.eas.deployment.generation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The settings in an application's start command: {@code -Dname=value} before the jar and
 * {@code --name=value} after it, and {@code -D} in the environment variables that a JVM
 * reads.
 *
 * @param systemProperties the system properties by name
 * @param options the command-line options by name
 */
record CommandArguments(Map<String, Object> systemProperties, Map<String, Object> options) {

	// quotes may surround an argument, a value, or a whole shell script
	private static final Pattern QUOTES = Pattern.compile("^[\"']+|[\"']+$|(?<==)[\"']+");

	/**
	 * Reads the settings.
	 * @param command a command line; {@code null} if none is given
	 * @param env the environment variables of the container. The command takes precedence
	 * over {@code JDK_JAVA_OPTIONS}, and this variable over {@code JAVA_TOOL_OPTIONS},
	 * because the JVM reads the options in the reverse order and uses the last value
	 */
	static CommandArguments of(@Nullable String command, Map<String, String> env) {
		CommandArguments arguments = new CommandArguments(new LinkedHashMap<>(), new LinkedHashMap<>());
		arguments.properties(env.get("JAVA_TOOL_OPTIONS"));
		arguments.properties(env.get("JDK_JAVA_OPTIONS"));
		arguments.properties(command);
		put(arguments.options, command, "--");
		return arguments;
	}

	private void properties(@Nullable String line) {
		put(this.systemProperties, line, "-D");
	}

	private static void put(Map<String, Object> settings, @Nullable String line, String prefix) {
		if (line == null) {
			return;
		}
		for (String word : line.strip().split("\\s+")) {
			String argument = QUOTES.matcher(word).replaceAll("");
			int equals = argument.indexOf('=');
			if (argument.startsWith(prefix) && equals > prefix.length()) {
				settings.put(argument.substring(prefix.length(), equals), argument.substring(equals + 1));
			}
		}
	}

}
