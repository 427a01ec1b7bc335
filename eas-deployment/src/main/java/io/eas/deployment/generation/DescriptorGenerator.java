package io.eas.deployment.generation;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * Generates a {@code service.json} for a Spring Boot application from the application's
 * settings. The port, the paths of the health groups and the time for a graceful shutdown
 * are read as Spring Boot reads them; the application isn't run. Stateless.
 */
public final class DescriptorGenerator {

	private DescriptorGenerator() {
	}

	/**
	 * Generates a descriptor with a startup, a liveness and a readiness check.
	 * @param request the application and the wanted settings
	 * @return the descriptor and warnings about settings of the application
	 * @throws GenerationException if the application can't be run on EAS as it is
	 * @throws IOException if the application can't be read
	 */
	public static GenerationResult generate(GenerationRequest request) throws IOException {
		try (ApplicationFiles files = ApplicationFiles.open(request.application())) {
			List<String> libraries = files.libraries();
			Settings settings = settings(files, request);
			HealthEndpoint.requireAvailable(settings, libraries);
			ProbeTargets targets = new ProbeTargets(settings, WebStack.of(settings, libraries));
			targets.requireReachable();
			DescriptorBuilder builder = new DescriptorBuilder(request, name(request, settings), targets,
					ServerSettings.of(settings));
			return new GenerationResult(builder.build(),
					Warnings.of(settings, targets, libraries, files.springBootVersion()));
		}
	}

	private static Settings settings(ApplicationFiles files, GenerationRequest request) {
		ApplicationResources resources = new ApplicationResources(files.classes());
		Settings settings;
		try {
			settings = new Settings(ApplicationEnvironment.of(resources, request));
		}
		catch (RuntimeException ex) {
			throw UnreadableSettings.of(request.application(), resources.lastOpened(), ex);
		}
		if (resources.lastOpened() == null && settings.text("server.port") == null) {
			throw new GenerationException("There is neither application.properties nor application.yml in "
					+ request.application() + " or its config, and server.port isn't set otherwise: give the jar, or "
					+ "the directory that has one");
		}
		return settings;
	}

	/**
	 * Returns a name for the service of lowercase letters, digits and underscores, as EAS
	 * requires.
	 */
	private static String name(GenerationRequest request, Settings settings) {
		if (request.name() != null) {
			return request.name();
		}
		String name = settings.text("spring.application.name");
		if (name == null) {
			throw new GenerationException(
					"The service has no name, as spring.application.name is not set: give one with --name");
		}
		return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
	}

}
