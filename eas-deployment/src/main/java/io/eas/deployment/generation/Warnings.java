package io.eas.deployment.generation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Warns of settings with which an application can run on EAS, but should not.
 */
final class Warnings {

	private static final Pattern OLDER = Pattern.compile("[1-3]\\..*");

	private final List<String> warnings = new ArrayList<>();

	private Warnings() {
	}

	static List<String> of(Settings settings, ProbeTargets targets, List<String> libraries,
			@Nullable String springBoot) {
		Warnings warnings = new Warnings();
		warnings.drain(settings, libraries);
		warnings.shutdown(settings);
		warnings.listener(targets);
		warnings.paths(settings, libraries);
		warnings.version(settings, springBoot);
		return warnings.warnings;
	}

	private void drain(Settings settings, List<String> libraries) {
		if (!settings.is("eas.server.enabled", false)) {
			this.warnings.add("eas.server.enabled is not true, so an instance that ends refuses requests that "
					+ "clients still send: add eas-spring-boot-starter and set eas.server.enabled to true");
		}
		else if (!libraries.isEmpty() && !has(libraries, "eas-spring-boot-autoconfigure-")) {
			this.warnings.add("eas.server.enabled is true, but eas-spring-boot-starter isn't in the application, so "
					+ "its instances don't drain: add the starter");
		}
	}

	private void shutdown(Settings settings) {
		String shutdown = settings.text("server.shutdown", "graceful");
		if (!shutdown.equalsIgnoreCase("graceful")) {
			this.warnings.add("server.shutdown is " + shutdown
					+ ", so requests under way are broken off when an instance ends: set it to graceful");
		}
	}

	private void listener(ProbeTargets targets) {
		List<ProbeTarget> elsewhere = Stream.of(targets.liveness(), targets.readiness())
			.filter((target) -> !target.listener().equals(targets.main()))
			.toList();
		if (!elsewhere.isEmpty()) {
			this.warnings.add(elsewhere.stream().map(ProbeTarget::path).collect(Collectors.joining(" and "))
					+ ((elsewhere.size() == 1) ? " is" : " are") + " asked on the management port "
					+ elsewhere.get(0).listener().port() + ", which doesn't test the port of the server itself: set "
					+ "management.endpoint.health.probes.add-additional-paths to true");
		}
	}

	private void paths(Settings settings, List<String> libraries) {
		WebStack stack = WebStack.of(settings, libraries);
		if (stack != null) {
			this.warnings.addAll(stack.ignored(settings));
		}
	}

	private void version(Settings settings, @Nullable String springBoot) {
		boolean unsaid = settings.text("management.endpoint.health.probes.enabled") == null
				|| settings.text("server.shutdown") == null;
		if (springBoot != null && OLDER.matcher(springBoot).matches() && unsaid) {
			this.warnings.add("The application has Spring Boot " + springBoot + ", but the defaults of 4.1 were "
					+ "assumed: set management.endpoint.health.probes.enabled to true and server.shutdown to graceful");
		}
	}

	private static boolean has(List<String> libraries, String name) {
		return libraries.stream().anyMatch((library) -> library.startsWith(name));
	}

}
