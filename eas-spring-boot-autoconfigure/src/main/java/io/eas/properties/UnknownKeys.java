package io.eas.properties;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static io.eas.properties.ServiceKey.ROOT;

/**
 * Finds what stands below {@code eas} and is none of its properties, as a misspelled one,
 * which would otherwise be passed over without a word. Environment variables aren't
 * looked at, since their names can't spell dashes; {@link Aliases} reads those of
 * services.
 */
public final class UnknownKeys {

	private static final Log log = LogFactory.getLog(UnknownKeys.class);

	private static final Set<ConfigurationPropertyName> OF_APPLICATION = keys(EasProperties.class);

	private static final Set<ConfigurationPropertyName> OF_SERVICES = keys(EasServiceProperties.class);

	private static final Set<ConfigurationPropertyName> OF_SERVER = keys(EasServerProperties.class);

	private UnknownKeys() {
	}

	/**
	 * Looks for them.
	 * @param environment has the properties
	 * @throws InvalidEasPropertyException for the first one, if {@code eas.strict} is
	 * true; otherwise each is logged as a warning
	 */
	public static void look(Environment environment) {
		boolean strict = environment.getProperty("eas.strict", Boolean.class, false);
		find(environment).forEach((name, origin) -> {
			String remedy = remedy(name);
			if (strict) {
				throw new InvalidEasPropertyException(name.toString(), "there",
						"not be there, for it is no property of the starter" + at(origin), remedy);
			}
			log.warn(name + at(origin) + " is no property of the starter, and does nothing. " + remedy);
		});
	}

	private static String at(@Nullable Origin origin) {
		return (origin != null) ? " (" + origin + ")" : "";
	}

	private static String remedy(ConfigurationPropertyName name) {
		return nearest(name).map((near) -> "Did you mean " + near + "?")
			.orElse("Look it up in the table of properties, or remove it.");
	}

	private static Map<ConfigurationPropertyName, @Nullable Origin> find(Environment environment) {
		Map<ConfigurationPropertyName, @Nullable Origin> found = new LinkedHashMap<>();
		StreamSupport.stream(ConfigurationPropertySources.get(environment).spliterator(), false)
			.filter((source) -> !(source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource))
			.filter(IterableConfigurationPropertySource.class::isInstance)
			.map(IterableConfigurationPropertySource.class::cast)
			.forEach((source) -> source.stream()
				.filter(ROOT::isAncestorOf)
				.filter((name) -> !isKnown(name))
				.forEach((name) -> found.putIfAbsent(name, origin(source, name))));
		return found;
	}

	private static @Nullable Origin origin(ConfigurationPropertySource source, ConfigurationPropertyName name) {
		ConfigurationProperty property = source.getConfigurationProperty(name);
		return (property != null) ? property.getOrigin() : null;
	}

	/** A value in the place of a group, or of an alias, is told by who binds it. */
	private static boolean isKnown(ConfigurationPropertyName name) {
		ServiceKey ofService = ServiceKey.of(name);
		ConfigurationPropertyName key = (ofService != null) ? ofService.key() : name.subName(1);
		if (ofService == null && (isIn(OF_APPLICATION, key) || isIn(OF_SERVER, server(key)) || isAlias(key))) {
			return true;
		}
		return isIn(OF_SERVICES, key);
	}

	private static boolean isAlias(ConfigurationPropertyName key) {
		return key.getNumberOfElements() == 2 && key.getElement(0, Form.UNIFORM).equals("services");
	}

	/** The name below {@code eas.server}, or an empty one. */
	private static ConfigurationPropertyName server(ConfigurationPropertyName key) {
		return key.getElement(0, Form.UNIFORM).equals("server") ? key.subName(1) : ConfigurationPropertyName.EMPTY;
	}

	/** Elements of lists count as what they are in, and so do groups. */
	private static boolean isIn(Set<ConfigurationPropertyName> keys, ConfigurationPropertyName key) {
		return !key.isEmpty() && keys.stream()
			.anyMatch((known) -> known.equals(key) || key.isAncestorOf(known)
					|| (known.isAncestorOf(key) && key.isNumericIndex(known.getNumberOfElements())));
	}

	/** The property that is written most like it, if any is. */
	private static Optional<ConfigurationPropertyName> nearest(ConfigurationPropertyName name) {
		ServiceKey ofService = ServiceKey.of(name);
		ConfigurationPropertyName prefix = (ofService != null) ? ofService.service() : ROOT;
		Stream<ConfigurationPropertyName> known = OF_SERVICES.stream().map(prefix::append);
		if (ofService == null) {
			known = Stream.concat(known, OF_SERVER.stream().map(ROOT.append("server")::append));
		}
		String written = name.toString();
		return known.map((each) -> Map.entry(each, likeness(written, each.toString(), prefix.toString().length())))
			.filter((each) -> each.getValue() >= 0)
			.min(Map.Entry.comparingByValue(Comparator.naturalOrder()))
			.map(Map.Entry::getKey);
	}

	/**
	 * How many letters differ: fewer than a third, or all before the last word is
	 * missing, as of {@code response-timeout} for {@code http.response-timeout}.
	 * @return less than 0 if they aren't alike
	 */
	private static int likeness(String written, String known, int prefix) {
		String key = written.substring(prefix + 1);
		if (known.endsWith("." + key)) {
			return 0;
		}
		int distance = distance(key, known.substring(prefix + 1));
		return (distance <= key.length() / 3) ? distance : -1;
	}

	/** The number of letters to insert, remove or replace (V. I. Levenshtein, 1966). */
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

	private static Set<ConfigurationPropertyName> keys(Class<?> type) {
		return Aliases.keys("", type).map(ConfigurationPropertyName::of).collect(Collectors.toUnmodifiableSet());
	}

}
