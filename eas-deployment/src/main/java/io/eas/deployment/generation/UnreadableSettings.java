package io.eas.deployment.generation;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

import org.springframework.boot.json.JsonParseException;

/**
 * Describes why the settings of an application can't be read, without quoting them,
 * because any of them may be a secret.
 */
final class UnreadableSettings {

	// Spring Boot's message if an import isn't found or has an unknown prefix
	private static final Pattern IMPORT = Pattern
		.compile("(?:Config data .*location|Unable to load config data from) '([^']*)'.*");

	private static final Pattern USER = Pattern.compile("://[^/]*@");

	private UnreadableSettings() {
	}

	/**
	 * Creates an exception that describes the problem.
	 * @param application the application
	 * @param file the last file that was opened; {@code null} if none was
	 */
	static GenerationException of(Path application, @Nullable Path file, RuntimeException ex) {
		return new GenerationException(
				"The settings of " + application + " can't be read: " + reason((file != null) ? file + ": " : "", ex),
				ex);
	}

	private static String reason(String file, RuntimeException ex) {
		if (ex instanceof MarkedYAMLException damaged) {
			return file + place(damaged.getProblemMark()) + damaged.getProblem();
		}
		if (ex instanceof JsonParseException) {
			return "SPRING_APPLICATION_JSON isn't JSON";
		}
		Matcher missing = IMPORT.matcher(String.valueOf(ex.getMessage()));
		return missing.matches() ? missing(missing.group(1)) : file + ex.getMessage();
	}

	private static String place(@Nullable Mark mark) {
		return (mark != null) ? "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ": " : "";
	}

	private static String missing(String location) {
		String shown = USER.matcher(location).replaceAll("://…@");
		return "spring.config.import names " + shown + ", which isn't in the application: write optional:" + shown
				+ ", and give what it sets with --env";
	}

}
