package io.eas.deployment.model;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One of {@code containers}: a container that runs in each instance. A component is
 * {@code null} if the file doesn't contain it.
 *
 * @param image the address of the custom image
 * @param env environment variables
 * @param command a single command with its arguments, which replaces the entry point of
 * the image
 * @param port the port that the process listens on
 * @param checks the health checks, by kind
 * @param other all other keys
 */
public record Container(@Nullable String image, List<EnvironmentVariable> env, @Nullable String command,
		@Nullable Integer port, Map<CheckKind, HealthCheck> checks, OtherKeys other) {

	/**
	 * Copies the collections.
	 */
	public Container {
		env = List.copyOf(env);
		Map<CheckKind, HealthCheck> copy = new EnumMap<>(CheckKind.class);
		copy.putAll(checks);
		checks = Collections.unmodifiableMap(copy);
	}

	/**
	 * Returns one of the health checks.
	 * @param kind the kind of check
	 * @return the check; {@code null} if there is none of that kind
	 */
	public @Nullable HealthCheck check(CheckKind kind) {
		return this.checks.get(kind);
	}

	/**
	 * Returns the start script, which is run by a shell: one or more commands on one or
	 * more lines. It is read from the other keys, since the model has no component for
	 * it.
	 * @return the script; {@code null} if there is none
	 */
	public @Nullable String script() {
		JsonNode script = this.other.values().get("script");
		return (script != null && script.isString()) ? script.stringValue() : null;
	}

	/**
	 * An entry of {@code env}.
	 *
	 * @param name the variable's name
	 * @param value its value
	 * @param other all other keys
	 */
	public record EnvironmentVariable(String name, String value, OtherKeys other) {

		@Override
		public String toString() {
			return this.name; // the value may be a secret
		}

	}

}
