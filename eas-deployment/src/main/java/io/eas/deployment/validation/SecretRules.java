package io.eas.deployment.validation;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.eas.deployment.finding.Finding;
import io.eas.deployment.finding.FindingCode;
import io.eas.deployment.finding.Quoted;
import tools.jackson.databind.JsonNode;

/**
 * Rules about secrets in values that are neither environment variables nor commands, such
 * as {@code storage} and {@code model_path}. The names of top-level keys are ignored,
 * because the service's own {@code token} is a top-level key. Messages never show a
 * value.
 */
final class SecretRules {

	static final List<Rule> ALL = List.of(SecretRules::values);

	/** The key of variables, which {@link EnvRules} checks. */
	private static final String VARIABLES = "processor_envs";

	private SecretRules() {
	}

	static Stream<Finding> values(ValidationContext service) {
		return service.reading()
			.descriptor()
			.other()
			.values()
			.entrySet()
			.stream()
			.filter((entry) -> !entry.getKey().equals(VARIABLES))
			.flatMap((entry) -> secrets(Quoted.path("", entry.getKey()), "", entry.getValue()))
			.map((path) -> service.finding(FindingCode.SECRET_IN_VALUE, path,
					"should hold no secret, the text looks like one (not shown)",
					"Give the service a role that may read it; if this one is real, have it replaced."));
	}

	/** Returns the paths of all texts in a value that look like a secret. */
	private static Stream<String> secrets(String path, String key, JsonNode value) {
		if (value.isArray()) {
			return IntStream.range(0, value.size())
				.boxed()
				.flatMap((i) -> secrets(path + "[" + i + "]", key, value.get(i)));
		}
		if (value.isObject()) {
			return value.properties()
				.stream()
				.flatMap((entry) -> secrets(Quoted.path(path, entry.getKey()), entry.getKey(), entry.getValue()));
		}
		return (value.isString() && SecretDetector.isLikely(key, value.stringValue())) ? Stream.of(path)
				: Stream.empty();
	}

}
