package io.eas.deployment.generation;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The input for a descriptor besides the application's settings. Immutable.
 *
 * @param application a jar of Spring Boot, or a directory with the application's
 * {@code application.yml} or {@code application.properties}
 * @param image the image with the application, in a registry that can be reached from the
 * VPC
 * @param name the name of the service; {@code null} for {@code spring.application.name}
 * @param instances the number of instances, at least 1
 * @param instanceType the instance type, such as {@code ecs.c7a.large}; {@code null} to
 * write none
 * @param command the command that starts the application; {@code null} for
 * {@code java -jar} with the jar's name
 * @param env environment variables of the container, which are also used to read the
 * application's settings
 * @param profiles Spring profiles to activate, written to {@code env} as
 * {@code SPRING_PROFILES_ACTIVE}
 * @param startTime the longest time from the start until the application is alive; less
 * than a minute counts as a minute
 */
public record GenerationRequest(Path application, String image, @Nullable String name, int instances,
		@Nullable String instanceType, @Nullable String command, Map<String, String> env, List<String> profiles,
		Duration startTime) {

	private static final String PROFILES = "SPRING_PROFILES_ACTIVE";

	/**
	 * Checks the values and copies the collections.
	 * @throws IllegalArgumentException if the number of instances or the start time isn't
	 * positive, or if profiles are given twice
	 */
	public GenerationRequest {
		if (instances < 1) {
			throw new IllegalArgumentException("instances must be 1 or more, was " + instances);
		}
		if (startTime.isNegative() || startTime.isZero()) {
			throw new IllegalArgumentException("start time must be more than 0, was " + startTime);
		}
		env = Collections.unmodifiableMap(withProfiles(env, profiles));
		profiles = List.copyOf(profiles);
	}

	private static Map<String, String> withProfiles(Map<String, String> env, List<String> profiles) {
		Map<String, String> all = new LinkedHashMap<>(env);
		if (!profiles.isEmpty() && all.put(PROFILES, String.join(",", profiles)) != null) {
			throw new IllegalArgumentException(
					"profiles are given both as an option and with " + PROFILES + ": leave one of them out");
		}
		return all;
	}

}
