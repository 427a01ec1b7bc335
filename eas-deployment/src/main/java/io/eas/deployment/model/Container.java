package io.eas.deployment.model;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One of {@code containers}: what runs in an instance. A component is {@code null} where
 * the file says nothing.
 *
 * @param image the address of the custom image
 * @param env environment variables
 * @param command one command with its arguments, the entry point of the image
 * @param port the port that the process listens on
 * @param checks the health checks, by kind
 * @param other all other keys
 */
public record Container(@Nullable String image, List<EnvironmentVariable> env, @Nullable String command,
		@Nullable Integer port, Map<CheckKind, HealthCheck> checks, OtherKeys other) {

	/**
	 * Copies.
	 */
	public Container {
		env = List.copyOf(env);
		Map<CheckKind, HealthCheck> copy = new EnumMap<>(CheckKind.class);
		copy.putAll(checks);
		checks = Collections.unmodifiableMap(copy);
	}

	/**
	 * One of the health checks.
	 * @param kind which
	 * @return the check; {@code null} if there is none of that kind
	 */
	public @Nullable HealthCheck check(CheckKind kind) {
		return this.checks.get(kind);
	}

	/**
	 * The start script, which a shell runs: one command or several, on one line or more.
	 * It is one of the other keys.
	 * @return the script; {@code null} if there is none
	 */
	public @Nullable String script() {
		JsonNode script = this.other.values().get("script");
		return (script != null && script.isString()) ? script.stringValue() : null;
	}

	/**
	 * One of {@code env}.
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
