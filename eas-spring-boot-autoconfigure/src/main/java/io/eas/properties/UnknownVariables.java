package io.eas.properties;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Finds environment variables whose names are similar to that of a property. Other
 * variables with the prefix {@code EAS_} are ignored, since they may belong to something
 * else, such as the platform.
 */
final class UnknownVariables {

	private static final String PREFIX = "EAS_";

	private static final String SERVICES = PREFIX + "SERVICES_";

	/** The index of a list element. */
	private static final Pattern INDEX = Pattern.compile("(_\\d+)+_?$");

	/**
	 * The variables that Kubernetes adds to each container for a service named eas or
	 * eas-….
	 */
	private static final Pattern OF_KUBERNETES = Pattern.compile(
			"_SERVICE_(HOST|PORT)(_|$)|(?<!HTTP_GET|TCP_SOCKET|HTTPGET|TCPSOCKET)_PORT(_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?$");

	private static final Set<String> OF_SERVICES = variables("", ServiceKey.keys("", EasServiceProperties.class));

	private static final Set<String> SHARED = Stream
		.concat(OF_SERVICES.stream(),
				Stream
					.of(variables("", Stream.of("enabled", "strict")),
							variables("SERVER_", ServiceKey.keys("", EasServerProperties.class)))
					.flatMap(Set::stream))
		.collect(Collectors.toUnmodifiableSet());

	private UnknownVariables() {
	}

	/**
	 * Finds the variables.
	 * @param environment the environment with the variables
	 * @return the name of each variable, mapped to the name that was probably meant
	 */
	static Map<String, String> find(Environment environment) {
		Map<String, String> found = new LinkedHashMap<>();
		List<String> names = names(environment);
		if (names.isEmpty()) {
			return found;
		}
		Set<String> prefixes = new EasServicesBinder(environment).aliases()
			.stream()
			.flatMap(VariableNames::spellings)
			.map((alias) -> SERVICES + alias.toUpperCase(Locale.ROOT) + "_")
			.collect(Collectors.toSet());
		for (String name : names) {
			meant(INDEX.matcher(name).replaceFirst(""), prefixes).ifPresent((meant) -> found.put(name, meant));
		}
		return found;
	}

	private static List<String> names(Environment environment) {
		if (!(environment instanceof ConfigurableEnvironment configurable)) {
			return List.of();
		}
		return configurable.getPropertySources()
			.stream()
			.filter(SystemEnvironmentPropertySource.class::isInstance)
			.flatMap((source) -> Stream.of(((SystemEnvironmentPropertySource) source).getPropertyNames()))
			.filter((name) -> name.toUpperCase(Locale.ROOT).startsWith(PREFIX))
			.toList();
	}

	/**
	 * Returns the name that was probably meant. A variable may match several prefixes,
	 * since one alias may begin with another.
	 */
	private static Optional<String> meant(String variable, Collection<String> prefixes) {
		String name = variable.toUpperCase(Locale.ROOT);
		if (OF_KUBERNETES.matcher(name).find()) {
			return Optional.empty();
		}
		if (!name.startsWith(SERVICES)) {
			return nearest(PREFIX, name, SHARED);
		}
		List<String> fitting = prefixes.stream()
			.filter(name::startsWith)
			.sorted(Comparator.comparingInt(String::length).reversed())
			.toList();
		boolean known = fitting.stream().anyMatch((prefix) -> OF_SERVICES.contains(name.substring(prefix.length())));
		return known ? Optional.empty()
				: fitting.stream().findFirst().flatMap((prefix) -> nearest(prefix, name, OF_SERVICES));
	}

	private static Optional<String> nearest(String prefix, String name, Set<String> known) {
		String key = name.substring(prefix.length());
		return known.contains(key) ? Optional.empty() : Likeness.nearest(key, known).map(prefix::concat);
	}

	private static Set<String> variables(String prefix, Stream<String> keys) {
		return keys.flatMap(VariableNames::spellings)
			.map((key) -> prefix + key.toUpperCase(Locale.ROOT))
			.collect(Collectors.toUnmodifiableSet());
	}

}
