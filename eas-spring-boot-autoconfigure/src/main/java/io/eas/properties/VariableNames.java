package io.eas.properties;

import java.util.Locale;
import java.util.stream.Stream;

/** The names of properties in environment variables. Stateless. */
final class VariableNames {

	private VariableNames() {
	}

	/**
	 * Returns the two forms of a name in an environment variable: without its dashes, or
	 * the legacy form of Spring Boot with an underscore for each dash.
	 */
	static Stream<String> spellings(String name) {
		return Stream.of(withoutDashes(name).replace('.', '_'), name.replace('-', '_').replace('.', '_'));
	}

	/**
	 * Returns the environment variable for a name below {@code eas.services}, in the
	 * first of its spellings.
	 */
	static String variable(Stream<String> spellings) {
		return "EAS_SERVICES_" + spellings.findFirst().orElseThrow().toUpperCase(Locale.ROOT);
	}

	static String withoutDashes(String name) {
		return name.replace("-", "");
	}

	static String withoutSeparators(String name) {
		return name.replaceAll("[-._]", "");
	}

}
