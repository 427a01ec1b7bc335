package io.eas.deployment.validation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.eas.deployment.finding.Finding;
import io.eas.deployment.finding.FindingCode;
import io.eas.deployment.finding.Quoted;
import io.eas.deployment.model.Container.EnvironmentVariable;
import tools.jackson.databind.JsonNode;

/**
 * Rules about {@code env}. No message ever shows a value.
 */
final class EnvRules {

	static final List<Rule> ALL = List.of(EnvRules::names, EnvRules::secrets);

	private EnvRules() {
	}

	static Stream<Finding> secrets(ValidationContext service) {
		return Stream.concat(service.containers().stream().flatMap((placed) -> secrets(service, placed)),
				ofProcessor(service));
	}

	private static Stream<Finding> ofProcessor(ValidationContext service) {
		JsonNode env = service.other("processor_envs");
		return IntStream.range(0, env.isArray() ? env.size() : 0)
			.filter((i) -> SecretDetector.isLikely(env.get(i).path("name").stringValue(""),
					env.get(i).path("value").stringValue("")))
			.mapToObj(
					(i) -> secret(service, "processor_envs[" + i + "].value", env.get(i).path("name").stringValue("")));
	}

	static Stream<Finding> names(ValidationContext service) {
		return service.containers().stream().flatMap((placed) -> {
			Map<String, Integer> first = new HashMap<>();
			List<EnvironmentVariable> env = placed.container().env();
			return IntStream.range(0, env.size())
				.filter((i) -> !env.get(i).name().isEmpty())
				.filter((i) -> first.putIfAbsent(env.get(i).name(), i) != null)
				.mapToObj((i) -> service.finding(
						FindingCode.DUPLICATE_KEY, placed.at("env[" + i + "].name"), Quoted.text(env.get(i).name())
								+ " stands twice, first in env[" + first.get(env.get(i).name()) + "]",
						"Keep one of the two."));
		});
	}

	private static Stream<Finding> secrets(ValidationContext service, LocatedContainer placed) {
		List<EnvironmentVariable> env = placed.container().env();
		return IntStream.range(0, env.size())
			.filter((i) -> SecretDetector.isLikely(env.get(i).name(), env.get(i).value()))
			.mapToObj((i) -> secret(service, placed.at("env[" + i + "].value"), env.get(i).name()));
	}

	private static Finding secret(ValidationContext service, String path, String name) {
		return service.finding(FindingCode.SECRET_IN_ENV, path,
				"should hold no secret, " + Quoted.text(name) + " looks like one (not shown)",
				"Let the process fetch it, from KMS or a mounted file; if this one is real, have it replaced.");
	}

}
