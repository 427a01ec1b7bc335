package io.eas.deployment.reader;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Suggests which known key a misspelt one was meant to be.
 */
final class KeySuggestion {

	/** What Kubernetes, or a person who thinks of it, calls a check. */
	private static final Map<String, String> OTHER_NAMES = Map.ofEntries(Map.entry("liveness_probe", "liveness_check"),
			Map.entry("readiness_probe", "health_check"), Map.entry("readiness_check", "health_check"),
			Map.entry("health_probe", "health_check"), Map.entry("startup_probe", "startup_check"),
			Map.entry("instances", "instance"), Map.entry("replicas", "instance"), Map.entry("envs", "env"),
			Map.entry("environment", "env"), Map.entry("cmd", "command"));

	private KeySuggestion() {
	}

	/**
	 * The known key that comes closest.
	 * @param key a key that isn't known
	 * @param known all that are
	 * @return the closest; empty if none is close
	 */
	static Optional<String> suggestion(String key, Collection<String> known) {
		String plain = snake(key);
		String name = OTHER_NAMES.getOrDefault(plain, plain);
		if (known.contains(name)) {
			return Optional.of(name);
		}
		return known.stream()
			.filter((each) -> distance(plain, each) <= tolerance(each))
			.min(Comparator.comparingInt((each) -> distance(plain, each)));
	}

	private static String snake(String key) {
		return key.replaceAll("([a-z0-9])([A-Z])", "$1_$2").replace('-', '_').toLowerCase(Locale.ROOT);
	}

	// short words are soon like another: cpu and gpu, env and rpc
	private static int tolerance(String known) {
		return (known.length() < 4) ? 0 : (known.length() < 8) ? 1 : 2;
	}

	/**
	 * The number of letters to insert, remove or replace (V. I. Levenshtein, "Binary
	 * codes capable of correcting deletions, insertions, and reversals", 1966), by two
	 * rows of the table of Wagner and Fischer.
	 */
	private static int distance(String from, String to) {
		int[] above = new int[to.length() + 1];
		Arrays.setAll(above, (i) -> i);
		for (int i = 1; i <= from.length(); i++) {
			int[] row = new int[to.length() + 1];
			row[0] = i;
			for (int j = 1; j <= to.length(); j++) {
				int replaced = above[j - 1] + ((from.charAt(i - 1) == to.charAt(j - 1)) ? 0 : 1);
				row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
			}
			above = row;
		}
		return above[to.length()];
	}

}
