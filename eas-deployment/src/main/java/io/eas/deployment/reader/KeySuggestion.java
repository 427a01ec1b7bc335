package io.eas.deployment.reader;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.eas.deployment.finding.Spelling;

/**
 * Suggests the known key that was probably meant by a misspelt key.
 */
final class KeySuggestion {

	/** Names of keys in Kubernetes and similar names, mapped to the known keys. */
	private static final Map<String, String> OTHER_NAMES = Map.ofEntries(Map.entry("liveness_probe", "liveness_check"),
			Map.entry("readiness_probe", "health_check"), Map.entry("readiness_check", "health_check"),
			Map.entry("health_probe", "health_check"), Map.entry("startup_probe", "startup_check"),
			Map.entry("instances", "instance"), Map.entry("instance_count", "instance"),
			Map.entry("replicas", "instance"), Map.entry("envs", "env"), Map.entry("environment", "env"),
			Map.entry("cmd", "command"), Map.entry("cpus", "cpu"), Map.entry("gpus", "gpu"), Map.entry("mem", "memory"),
			Map.entry("volume_mounts", "storage"), Map.entry("volumes", "storage"));

	private KeySuggestion() {
	}

	/**
	 * Returns the known key that has the same meaning as an unknown key, under another
	 * name or in another spelling.
	 * @param key an unknown key
	 * @param known all known keys
	 * @return the known key; empty if there is none with the same meaning
	 */
	static Optional<String> sameAs(String key, Collection<String> known) {
		return Optional.ofNullable(names(known).get(snake(key)));
	}

	/**
	 * Returns the known key that is closest to an unknown one.
	 * @param key an unknown key
	 * @param known all known keys
	 * @return the closest key; empty if none is close
	 */
	static Optional<String> suggestion(String key, Collection<String> known) {
		Map<String, String> names = names(known);
		return sameAs(key, known).or(() -> Spelling.closest(snake(key), names.keySet()).map(names::get));
	}

	private static Map<String, String> names(Collection<String> known) {
		Map<String, String> names = new LinkedHashMap<>(OTHER_NAMES);
		names.values().retainAll(known);
		known.forEach((name) -> names.put(snake(name), name));
		return names;
	}

	private static String snake(String key) {
		return key.replaceAll("([a-z0-9])([A-Z])", "$1_$2").replace('-', '_').toLowerCase(Locale.ROOT);
	}

}
