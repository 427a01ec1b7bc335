package io.eas.deployment.generation;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.support.SpringApplicationJsonEnvironmentPostProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * The environment of an application in its container, as far as it is known: the settings
 * in its command and its environment variables, then its own files as Spring Boot reads
 * them.
 */
final class ApplicationEnvironment extends StandardEnvironment {

	/**
	 * The locations of settings: files on the class path. Files beside the jar are not
	 * known.
	 */
	private static final Map<String, Object> LOCATIONS = Map.of("spring.config.location",
			"optional:classpath:/;optional:classpath:/config/");

	private ApplicationEnvironment() {
	}

	static ConfigurableEnvironment of(ApplicationResources resources, GenerationRequest request) {
		ApplicationEnvironment environment = new ApplicationEnvironment();
		MutablePropertySources sources = environment.getPropertySources();
		CommandArguments arguments = CommandArguments.of(request.command(), request.env());
		sources.addLast(new MapPropertySource("commandLineArgs", arguments.options()));
		sources.addLast(new MapPropertySource(SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME, arguments.systemProperties()));
		sources.addLast(new SystemEnvironmentPropertySource(SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
				new LinkedHashMap<>(request.env())));
		sources.addLast(new MapPropertySource("locations", LOCATIONS));
		new SpringApplicationJsonEnvironmentPostProcessor().postProcessEnvironment(environment,
				new SpringApplication());
		ConfigDataEnvironmentPostProcessor.applyTo(environment, resources, null);
		return environment;
	}

	@Override
	protected void customizePropertySources(MutablePropertySources sources) {
		// without the properties and variables of this machine
	}

}
