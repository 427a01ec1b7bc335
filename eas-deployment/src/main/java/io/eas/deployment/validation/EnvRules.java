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

/**
 * Rules about {@code env}. No message ever shows a value.
 */
final class EnvRules {

	static final List<Rule> ALL = List.of(EnvRules::names, EnvRules::secrets);

	private EnvRules() {
	}

	static Stream<Finding> secrets(ValidationContext service) {
		return service.containers().stream().flatMap((placed) -> secrets(service, placed));
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
			.mapToObj((i) -> service.finding(FindingCode.SECRET_IN_ENV, placed.at("env[" + i + "].value"),
					"should hold no secret, " + Quoted.text(env.get(i).name()) + " looks like one (not shown)",
					"Let the process fetch it, from KMS or a mounted file; if this one is real, have it replaced."));
	}

}
