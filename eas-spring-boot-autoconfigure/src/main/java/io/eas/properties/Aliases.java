package io.eas.properties;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.eas.settings.Assert;
import io.eas.settings.InvalidSettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static io.eas.properties.ServiceKey.SERVICES;
import static io.eas.properties.VariableNames.spellings;
import static io.eas.properties.VariableNames.variable;
import static io.eas.properties.VariableNames.withoutDashes;
import static io.eas.properties.VariableNames.withoutSeparators;

/**
 * The aliases of the configured services. The name of an environment variable contains no
 * dashes, and an underscore may stand for a dot or a dash: Spring Boot accepts both
 * EAS_SERVICES_MYLLM_TOKEN and EAS_SERVICES_MY_LLM_TOKEN for the token of {@code my-llm}.
 * A variable is therefore first matched with the aliases from other property sources. A
 * variable adds a new alias only if it sets a known property of a service. If other
 * sources configure services, the variables of the new alias must also define a service,
 * for example by its {@code service-name}: otherwise a misspelled alias would become
 * another service.
 *
 * @param sources the property sources, in order of precedence
 */
record Aliases(List<ConfigurationPropertySource> sources) {

	private static final Set<String> KEYS = ServiceKey.keys("", EasServiceProperties.class).collect(Collectors.toSet());

	private static final Set<String> SERVICE_NAME = spellings("service-name").collect(Collectors.toSet());

	/** The properties that define a service. One of them is enough. */
	private static final Set<String> DEFINING = Stream
		.of("service-name", "endpoint", "uid", "region-id", "mode", "instances")
		.flatMap(VariableNames::spellings)
		.collect(Collectors.toSet());

	/**
	 * Matches the unconverted name of a property whose alias contains a non-ASCII
	 * character.
	 */
	private static final Pattern FOREIGN_ALIAS = Pattern
		.compile("eas\\.services\\.([^.\\[]*[^\\x00-\\x7F][^.\\[]*)(?:[.\\[].*)?");

	private static final Set<String> KEYS_OF_VARIABLES = Stream
		.concat(Stream.of(""), KEYS.stream().flatMap(VariableNames::spellings))
		.collect(Collectors.toSet());

	/**
	 * Finds the aliases and validates them.
	 * @return the aliases, in the order in which they are found
	 * @throws InvalidEasPropertyException if an alias isn't a valid host name, if an
	 * environment variable can't be assigned to exactly one service, or if
	 * {@code eas.services} or an alias has a value instead of nested properties
	 */
	Set<String> find() {
		rejectForeignLetters();
		Set<String> aliases = spelled();
		aliases.forEach(this::check);
		rejectSameButForDashes(aliases);
		aliases.addAll(ofVariables(aliases));
		rejectValue(SERVICES, "have services below it, and no value of its own",
				"Set the properties of each service under " + SERVICES + ".<alias>.");
		aliases
			.forEach((alias) -> rejectValue(SERVICES.append(alias), "have properties below it, and no value of its own",
					KEYS.contains(alias)
							? "Set " + ServiceKey.ROOT + "." + alias + ", or that of a service below its alias."
							: "Name the service on EAS by " + SERVICES + "." + alias + ".service-name."));
		Set<String> ordered = written((source) -> true);
		ordered.retainAll(aliases);
		return ordered;
	}

	/**
	 * Returns all names directly below {@code eas.services} as they are written, whether
	 * or not they are valid aliases.
	 */
	Set<String> written() {
		return written((source) -> true);
	}

	private Set<String> written(Predicate<ConfigurationPropertySource> sources) {
		return names(sources).map(ServiceKey::alias).collect(Collectors.toCollection(LinkedHashSet::new));
	}

	private Stream<ConfigurationPropertyName> names(Predicate<ConfigurationPropertySource> sources) {
		return this.sources.stream()
			.filter(IterableConfigurationPropertySource.class::isInstance)
			.filter(sources)
			.flatMap((source) -> ((IterableConfigurationPropertySource) source).stream())
			.filter(SERVICES::isAncestorOf);
	}

	private static boolean isEnvironment(ConfigurationPropertySource source) {
		return source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
	}

	/**
	 * Returns the aliases whose spelling is certain. An alias without dashes from an
	 * environment variable is excluded, since the variable may mean an alias with dashes.
	 */
	private Set<String> spelled() {
		Set<String> aliases = written((source) -> !isEnvironment(source));
		written(Aliases::isEnvironment).stream().filter((alias) -> alias.indexOf('-') >= 0).forEach(aliases::add);
		return aliases;
	}

	private void check(String alias) {
		String name = SERVICES + "." + alias;
		try {
			Assert.alias(name, alias,
					"Choose another alias, and put the name on EAS under eas.services.<alias>.service-name.");
		}
		catch (InvalidSettingException ex) {
			throw InvalidEasPropertyException.of(ex, name, origin(alias));
		}
	}

	/** Returns the origin of the first property of a service. */
	private @Nullable Origin origin(String alias) {
		for (ConfigurationPropertySource source : this.sources) {
			Optional<ConfigurationProperty> first = names((each) -> each == source)
				.filter((name) -> ServiceKey.alias(name).equals(alias))
				.map(source::getConfigurationProperty)
				.filter(Objects::nonNull)
				.findFirst();
			if (first.isPresent()) {
				return first.get().getOrigin();
			}
		}
		return null;
	}

	private static void rejectSameButForDashes(Set<String> aliases) {
		aliases.stream()
			.filter((alias) -> alias.indexOf('-') >= 0)
			.map(VariableNames::withoutDashes)
			.filter(aliases::contains)
			.findFirst()
			.ifPresent((alias) -> {
				throw new InvalidEasPropertyException(SERVICES + "." + alias, "'" + alias + "'",
						"have an alias that differs from all others by more than dashes",
						"Rename one of the services, since property names don't tell them apart.");
			});
	}

	private Set<String> ofVariables(Set<String> spelled) {
		List<ConfigurationPropertyName> variables = names(Aliases::isEnvironment)
			.filter((name) -> ServiceKey.alias(name).indexOf('-') < 0)
			.toList();
		if (variables.isEmpty()) {
			return Set.of();
		}
		Map<String, Set<String>> properties = properties(spelled).stream()
			.flatMap((property) -> spellings(property).distinct().map((spelling) -> Map.entry(spelling, property)))
			.collect(Collectors.groupingBy(Map.Entry::getKey,
					Collectors.mapping(Map.Entry::getValue, Collectors.toSet())));
		variables.stream()
			.filter((name) -> properties.getOrDefault(ServiceKey.path(name), Set.of()).size() > 1)
			.findFirst()
			.ifPresent((name) -> reject(name, "set a property of one service only",
					"Rename one of the services, or set the property in a file."));
		List<ConfigurationPropertyName> others = variables.stream()
			.filter((name) -> !properties.containsKey(ServiceKey.path(name)))
			.toList();
		Set<String> added = others.stream()
			.filter((name) -> KEYS_OF_VARIABLES.contains(ServiceKey.path(name, 1)))
			.map(ServiceKey::alias)
			.collect(Collectors.toSet());
		added.removeIf((alias) -> isKnown(alias, spelled));
		rejectUndefined(others.stream().filter((name) -> added.contains(ServiceKey.alias(name))).toList(), spelled);
		added.forEach(this::check);
		rejectMisspelled(others, Stream.of(spelled, added).flatMap(Set::stream).toList());
		return added;
	}

	private void rejectMisspelled(List<ConfigurationPropertyName> variables, Collection<String> aliases) {
		Map<String, String> meant = properties(aliases).stream()
			.collect(Collectors.toMap(VariableNames::withoutSeparators, (property) -> variable(spellings(property)),
					(one, another) -> one));
		for (ConfigurationPropertyName name : variables) {
			String right = meant.get(withoutSeparators(ServiceKey.path(name)));
			boolean own = KEYS_OF_VARIABLES.contains(ServiceKey.path(name, 1))
					&& aliases.contains(ServiceKey.alias(name));
			if (right != null && !own) {
				reject(name, "name a property of a service", "Write " + right + " instead.");
			}
			if (!isKnown(ServiceKey.alias(name), aliases)) {
				String near = Likeness.nearest(withoutSeparators(ServiceKey.path(name)), meant.keySet())
					.map((known) -> "Did you mean " + meant.get(known) + "?")
					.orElse("Correct the name.");
				reject(name, "name a property of a service",
						near + " An alias with dashes must stand in a file, and variables leave its "
								+ "dashes out: EAS_SERVICES_MYLLM_TOKEN is the token of my-llm.");
			}
		}
	}

	private static boolean isKnown(String alias, Collection<String> aliases) {
		return aliases.stream().anyMatch((known) -> withoutDashes(known).equals(alias));
	}

	/**
	 * Rejects an environment variable. The message doesn't contain the value, which may
	 * be a token.
	 */
	private void reject(ConfigurationPropertyName name, String allowed, String remedy) {
		ConfigurationProperty property = this.sources.stream()
			.filter(Aliases::isEnvironment)
			.map((source) -> source.getConfigurationProperty(name))
			.filter((found) -> found != null)
			.findFirst()
			.orElse(null);
		throw InvalidEasPropertyException.of(
				new InvalidSettingException(name.toString(), "'" + name + "'", allowed, remedy),
				variable(Stream.of(ServiceKey.path(name))), (property != null) ? property.getOrigin() : null);
	}

	/**
	 * Rejects a value where only nested properties are allowed, since this is always a
	 * mistake. The message doesn't contain the value, which may be a token.
	 */
	private void rejectValue(ConfigurationPropertyName name, String allowed, String remedy) {
		ConfigurationProperty property = EasServicesBinder.first(this.sources, name);
		if (property != null && !property.getValue().toString().isBlank()) {
			throw InvalidEasPropertyException.of(
					new InvalidSettingException(name.toString(), "a value", allowed, remedy), name.toString(),
					property.getOrigin());
		}
	}

	/**
	 * Rejects aliases with non-ASCII characters, in the unconverted names of properties.
	 * When it converts a name, Spring Boot drops the characters that aren't allowed, so
	 * that the next element could become the alias.
	 */
	private void rejectForeignLetters() {
		this.sources.stream()
			.map(ConfigurationPropertySource::getUnderlyingSource)
			.filter(EnumerablePropertySource.class::isInstance)
			.flatMap((source) -> Stream.of(((EnumerablePropertySource<?>) source).getPropertyNames()))
			.map(FOREIGN_ALIAS::matcher)
			.filter(Matcher::matches)
			.findFirst()
			.ifPresent((name) -> check(name.group(1)));
	}

	/**
	 * Rejects environment variables of an alias that no other source has, unless they
	 * define a service. If the alias is similar to one of another source, only the name
	 * on EAS defines a service; otherwise any of the defining properties does. If no
	 * other source has services, nothing is rejected.
	 */
	private void rejectUndefined(List<ConfigurationPropertyName> variables, Set<String> spelled) {
		Map<String, String> known = spelled.stream()
			.collect(Collectors.toMap(VariableNames::withoutDashes, Function.identity(), (one, another) -> one));
		variables.stream().collect(Collectors.groupingBy(ServiceKey::alias)).forEach((alias, names) -> {
			Optional<String> near = Likeness.nearest(alias, known.keySet());
			Set<String> defining = near.isPresent() ? SERVICE_NAME : DEFINING;
			ConfigurationPropertyName first = names.get(0);
			String key = ServiceKey.path(first, 1);
			if (!known.isEmpty() && !key.isEmpty()
					&& names.stream().noneMatch((name) -> defining.contains(ServiceKey.path(name, 1)))) {
				reject(first, "name a property of a service",
						near.map((meant) -> "Did you mean " + variable(Stream.of(meant + "_" + key))
								+ "? It belongs to the service " + known.get(meant) + ".")
							.orElseGet(() -> "Other sources have the services "
									+ spelled.stream().sorted().collect(Collectors.joining(", ")) + ".")
								+ " A service that only variables configure needs "
								+ variable(spellings(alias + ".service-name")) + " too.");
			}
		});
	}

	private static Set<String> properties(Collection<String> aliases) {
		return aliases.stream()
			.flatMap((alias) -> KEYS.stream().map((key) -> alias + "." + key))
			.collect(Collectors.toSet());
	}

}
