package io.eas.deployment.generation;

import java.util.List;

/**
 * Checks whether the application answers health checks at all. The rules are those of
 * Spring Boot 4.1: Actuator's {@code OnAvailableEndpointCondition} and
 * {@code PropertiesEndpointAccessResolver}, and
 * {@code AvailabilityProbesAutoConfiguration}.
 */
final class HealthEndpoint {

	private static final String PROBES = "management.endpoint.health.probes.enabled";

	private static final String EXPOSURE = "management.endpoints.web.exposure";

	private HealthEndpoint() {
	}

	/**
	 * Checks that the application answers health checks.
	 * @param libraries file names of all libraries; empty if unknown
	 * @throws GenerationException if it doesn't answer them; the message says which
	 * setting to change
	 */
	static void requireAvailable(Settings settings, List<String> libraries) {
		if (settings.text("eas.server.liveness-path") != null && settings.text("eas.server.readiness-path") != null) {
			return; // then the application answers the checks itself
		}
		require(libraries.isEmpty() || libraries.stream().anyMatch((name) -> name.startsWith("spring-boot-actuator-")),
				"it has no Actuator: add spring-boot-starter-actuator");
		require(settings.is(PROBES, true), PROBES + " is false: set it to true");
		requireAccess(settings);
		List<String> include = settings.list(EXPOSURE + ".include");
		require(include.isEmpty() || isIn(include),
				EXPOSURE + ".include is " + String.join(",", include) + ": add health");
		List<String> exclude = settings.list(EXPOSURE + ".exclude");
		require(!isIn(exclude), EXPOSURE + ".exclude is " + String.join(",", exclude) + ": take health out of it");
	}

	private static void requireAccess(Settings settings) {
		for (String name : List.of("management.endpoints.access.max-permitted", accessOrDefault(settings))) {
			require(!"none".equalsIgnoreCase(settings.text(name)), name + " is none: set it to read-only");
		}
		String enabled = "management.endpoint.health.enabled";
		require(settings.is(enabled, true), enabled + " is false: remove it");
		String byDefault = "management.endpoints.enabled-by-default";
		require(settings.text(enabled) != null || settings.is(byDefault, true),
				byDefault + " is false: set management.endpoint.health.access to read-only");
	}

	private static String accessOrDefault(Settings settings) {
		String own = "management.endpoint.health.access";
		return (settings.text(own) != null) ? own : "management.endpoints.access.default";
	}

	private static boolean isIn(List<String> patterns) {
		return patterns.stream().anyMatch((pattern) -> pattern.equals("*") || pattern.equalsIgnoreCase("health"));
	}

	private static void require(boolean condition, String problem) {
		if (!condition) {
			throw new GenerationException("The application doesn't answer health checks, because " + problem);
		}
	}

}
