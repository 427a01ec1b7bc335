package io.eas.properties;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.eas.settings.InvalidSettingException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Binder;
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
 * Finds unknown properties below {@code eas}, such as misspelled ones, which Spring Boot
 * would ignore without a message. Environment variables are not considered here, since
 * their names can't contain dashes: see {@link UnknownVariables} and {@link Aliases}.
 */
public final class UnknownKeys {

	private static final Log log = LogFactory.getLog(UnknownKeys.class);

	private static final Set<ConfigurationPropertyName> OF_APPLICATION = keys(EasProperties.class);

	private static final Set<ConfigurationPropertyName> OF_SERVICES = keys(EasServiceProperties.class);

	private static final Set<ConfigurationPropertyName> OF_SERVER = keys(EasServerProperties.class);

	private static final ConfigurationPropertyName GROUP_OR_VALUE = ConfigurationPropertyName.of("probe.tcp-socket");

	private static final Set<ConfigurationPropertyName> LISTS = Stream
		.of("instances", "retry.on", "retry.on-statuses", "discovery.allowed-networks")
		.map(ConfigurationPropertyName::of)
		.collect(Collectors.toUnmodifiableSet());

	private UnknownKeys() {
	}

	/**
	 * Looks for unknown properties, and logs a warning for each of them unless
	 * {@code eas.strict} is true.
	 * @param environment the environment with the properties
	 * @throws InvalidEasPropertyException for the first unknown property if
	 * {@code eas.strict} is true, and always for a property of the wrong shape, such as a
	 * value in the place of a group
	 */
	public static void look(Environment environment) {
		Binder binder = Binder.get(environment);
		boolean strict = binder.bind("eas.strict", Boolean.class).orElse(false);
		rejectOff(binder);
		find(environment).forEach((name, origin) -> {
			rejectShape(name, origin);
			tell(name.toString(), origin, remedy(name), strict);
		});
		UnknownVariables.find(environment)
			.forEach((variable, meant) -> tell(variable, null, "Did you mean " + meant + "?", strict));
	}

	/**
	 * Rejects values of {@code eas.enabled} such as "off", since the condition of the
	 * auto-configurations treats every value other than "false" as true.
	 */
	private static void rejectOff(Binder binder) {
		if (!binder.bind("eas.enabled", Boolean.class).orElse(true)) {
			String value = binder.bind("eas.enabled", String.class).orElse("");
			if (!value.equalsIgnoreCase("false")) {
				throw new InvalidEasPropertyException("eas.enabled", "'" + value + "'", "be true or false",
						"Write false to turn EAS off.");
			}
		}
	}

	private static void tell(String name, @Nullable Origin origin, String remedy, boolean strict) {
		if (strict) {
			throw new InvalidEasPropertyException(name, "set",
					"not be set, since it is no property of the starter" + at(origin), remedy);
		}
		log.warn(name + at(origin) + " is no property of the starter, and does nothing. " + remedy);
	}

	/**
	 * Rejects a property of the wrong shape, such as a value in the place of a group,
	 * regardless of {@code eas.strict}, since this is always a mistake. The message
	 * doesn't contain the value, which may be a token.
	 */
	private static void rejectShape(ConfigurationPropertyName name, @Nullable Origin origin) {
		ServiceKey ofService = ServiceKey.of(name);
		ConfigurationPropertyName key = (ofService != null) ? ofService.key() : name.subName(1);
		if (key.getNumberOfElements() > 1 && key.getElement(0, Form.UNIFORM).equals("retry")
				&& key.getElement(1, Form.UNIFORM).equals("true")) {
			reject(name, origin, "a truth value", "be retry.on",
					"YAML reads on as true: put the key into quotes, \"on\".");
		}
		OF_SERVICES.stream()
			.filter((known) -> isGroup(known) && (known.equals(key) || isElement(known, key)))
			.findFirst()
			.ifPresent((group) -> reject(name, origin, "a value or a list", "have properties below it",
					"Set them by their names, such as "
							+ name.chop(name.getNumberOfElements() - key.getNumberOfElements()).append(firstOf(group))
							+ "."));
		OF_SERVICES.stream()
			.filter((known) -> !isGroup(known) && !known.equals(GROUP_OR_VALUE) && !LISTS.contains(known))
			// directly below eas, other libraries may have properties of their own, such
			// as eas.token.x
			.filter((known) -> (ofService != null) ? known.isAncestorOf(key) : isElement(known, key))
			.findFirst()
			.ifPresent((single) -> reject(name, origin, "a list, or has names below it", "be a single value",
					"Write the value behind the name."));
	}

	private static void reject(ConfigurationPropertyName name, @Nullable Origin origin, String value, String allowed,
			String remedy) {
		throw InvalidEasPropertyException.of(new InvalidSettingException(name.toString(), value, allowed, remedy),
				name.toString(), origin);
	}

	private static boolean isGroup(ConfigurationPropertyName known) {
		return !known.equals(GROUP_OR_VALUE) && OF_SERVICES.stream().anyMatch(known::isAncestorOf);
	}

	private static boolean isElement(ConfigurationPropertyName known, ConfigurationPropertyName key) {
		return known.isParentOf(key) && key.isLastElementIndexed();
	}

	private static ConfigurationPropertyName firstOf(ConfigurationPropertyName group) {
		return OF_SERVICES.stream().filter(group::isAncestorOf).sorted().findFirst().orElse(group);
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
				.filter((name) -> !isKnown(name) && !isBlank(source, name))
				.forEach((name) -> found.putIfAbsent(name, origin(source, name))));
		return found;
	}

	/**
	 * Returns whether a property is blank, such as a group whose lines are all commented
	 * out.
	 */
	private static boolean isBlank(ConfigurationPropertySource source, ConfigurationPropertyName name) {
		ConfigurationProperty property = source.getConfigurationProperty(name);
		return property != null && property.getValue().toString().isBlank();
	}

	private static @Nullable Origin origin(ConfigurationPropertySource source, ConfigurationPropertyName name) {
		ConfigurationProperty property = source.getConfigurationProperty(name);
		return (property != null) ? property.getOrigin() : null;
	}

	/**
	 * Returns whether a name is a known property. A value in the place of an alias counts
	 * as known here, since {@link Aliases} rejects it.
	 */
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

	/** Returns the name below {@code eas.server}, or an empty name for other keys. */
	private static ConfigurationPropertyName server(ConfigurationPropertyName key) {
		return key.getElement(0, Form.UNIFORM).equals("server") ? key.subName(1) : ConfigurationPropertyName.EMPTY;
	}

	/**
	 * Returns whether the keys contain a key; an element of a list counts as the list.
	 */
	private static boolean isIn(Set<ConfigurationPropertyName> keys, ConfigurationPropertyName key) {
		return !key.isEmpty() && keys.stream()
			.anyMatch((known) -> (known.equals(key) && !isGroup(known)) || (LISTS.contains(known)
					&& known.isParentOf(key) && key.isNumericIndex(known.getNumberOfElements())));
	}

	/** Returns the known property whose name is most similar, if there is one. */
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
	 * Returns the number of letters that differ; 0 if only the leading elements are
	 * missing, such as for {@code response-timeout} instead of
	 * {@code http.response-timeout}.
	 * @return the number of letters, or -1 if the names aren't similar
	 */
	private static int likeness(String written, String known, int prefix) {
		String key = written.substring(prefix + 1);
		if (known.endsWith("." + key)) {
			return 0;
		}
		return Likeness.of(key, known.substring(prefix + 1));
	}

	private static Set<ConfigurationPropertyName> keys(Class<?> type) {
		return ServiceKey.keys("", type).map(ConfigurationPropertyName::of).collect(Collectors.toUnmodifiableSet());
	}

}
