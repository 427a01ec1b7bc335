package io.eas.deployment.generation;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The settings in a command that starts an application: {@code -Dname=value} before its
 * jar and {@code --name=value} after it.
 *
 * @param systemProperties by name
 * @param options by name
 */
record CommandArguments(Map<String, Object> systemProperties, Map<String, Object> options) {

	static CommandArguments of(@Nullable String command) {
		CommandArguments arguments = new CommandArguments(new LinkedHashMap<>(), new LinkedHashMap<>());
		for (String argument : (command != null) ? command.trim().split("\\s+") : new String[0]) {
			if (argument.startsWith("-D")) {
				put(arguments.systemProperties, argument.substring(2));
			}
			else if (argument.startsWith("--")) {
				put(arguments.options, argument.substring(2));
			}
		}
		return arguments;
	}

	private static void put(Map<String, Object> settings, String setting) {
		int equals = setting.indexOf('=');
		if (equals > 0) {
			settings.put(setting.substring(0, equals), setting.substring(equals + 1));
		}
	}

}
