package io.eas.deployment.generation;

import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The addresses of an application's health groups {@code liveness} and {@code readiness},
 * or the paths that {@code eas.server} configures instead. The address of a group follows
 * the rules of Spring Boot 4.1. First comes the group's own additional path. Without such
 * a path, it is {@code /livez} or {@code /readyz} if
 * {@code AvailabilityProbesHealthEndpointGroups} adds these paths. Otherwise it is a path
 * below the health endpoint. Additional paths of the main server are below its context
 * path too.
 */
final class ProbeTargets {

	private final Settings settings;

	private final @Nullable WebStack stack;

	private final Listener main;

	/**
	 * Determines the servers.
	 * @param stack the web stack; {@code null} if unknown
	 * @throws GenerationException if EAS can't use the main server's port, or if the
	 * management server's port belongs to the EAS engine
	 */
	ProbeTargets(Settings settings, @Nullable WebStack stack) {
		this.settings = settings;
		this.stack = stack;
		this.main = Listener.main(settings);
		Listener.requireOffEngine(settings);
	}

	Listener main() {
		return this.main;
	}

	/**
	 * Checks that health checks can get a response.
	 * @throws GenerationException if they can't
	 */
	void requireReachable() {
		Stream.of(this.main, liveness().listener(), readiness().listener())
			.distinct()
			.forEach((listener) -> listener.requireReachable(this.settings));
	}

	ProbeTarget liveness() {
		return target("liveness", "/livez");
	}

	ProbeTarget readiness() {
		return target("readiness", "/readyz");
	}

	private ProbeTarget target(String group, String usualPath) {
		String own = this.settings.text("eas.server." + group + "-path");
		if (own != null) {
			return new ProbeTarget(this.main, own);
		}
		String additional = additionalPath(group, usualPath);
		if (additional != null && additional.startsWith("server:")) {
			return new ProbeTarget(this.main, UrlPath.of(contextPath(), afterColon(additional)));
		}
		// determined only here, because the management port doesn't matter if no check
		// uses it
		Listener management = Listener.management(this.settings, this.main);
		if (additional != null && !management.equals(this.main)) {
			return new ProbeTarget(management, UrlPath.of(managementBasePath(), afterColon(additional)));
		}
		String prefix = !management.equals(this.main) ? managementBasePath() : contextPath();
		return new ProbeTarget(management,
				UrlPath.of(prefix, this.settings.path("management.endpoints.web.base-path", "/actuator"),
						this.settings.text("management.endpoints.web.path-mapping.health", "health"), group));
	}

	private @Nullable String additionalPath(String group, String usualPath) {
		String own = this.settings.text("management.endpoint.health.group." + group + ".additional-path");
		boolean usual = this.settings.is("management.endpoint.health.probes.add-additional-paths", false);
		return (own != null) ? own : usual ? "server:" + usualPath : null;
	}

	private String managementBasePath() {
		return this.settings.text("management.server.base-path", "");
	}

	private String contextPath() {
		if (this.stack != null) {
			return this.stack.contextPath(this.settings);
		}
		String servlet = WebStack.SERVLET.contextPath(this.settings);
		String reactive = WebStack.REACTIVE.contextPath(this.settings);
		if (!servlet.equals("/") && !reactive.equals("/") && !servlet.equals(reactive)) {
			throw new GenerationException("server.servlet.context-path leads to " + servlet
					+ " and spring.webflux.base-path to " + reactive
					+ ": set spring.main.web-application-type to servlet or reactive, to say which of them counts");
		}
		return servlet.equals("/") ? reactive : servlet;
	}

	private static String afterColon(String additionalPath) {
		return additionalPath.substring(additionalPath.indexOf(':') + 1);
	}

}
