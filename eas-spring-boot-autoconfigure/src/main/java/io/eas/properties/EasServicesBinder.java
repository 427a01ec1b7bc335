package io.eas.properties;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.eas.settings.InvalidSettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindResult;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PlaceholdersResolver;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.core.env.Environment;
import org.springframework.util.function.SingletonSupplier;

import static io.eas.properties.ServiceKey.ROOT;
import static io.eas.properties.ServiceKey.SERVICES;

/**
 * Binds the properties of services: {@code eas.services.<alias>.*} and, for each key that
 * is not set there, {@code eas.*}. Thread-safe.
 */
public final class EasServicesBinder {

	private static final Bindable<EasServiceProperties> PROPERTIES = Bindable.of(EasServiceProperties.class);

	private static final int DIGITS_OF_AN_ACCOUNT = 16;

	private static final List<String> TEXTS = List.of("token", "token-file", "service-name", "endpoint", "region-id");

	private final Environment environment;

	private final List<ConfigurationPropertySource> sources;

	private final Supplier<Binder> services = SingletonSupplier.of(this::services);

	private final Map<String, EasServiceProperties> bound = new ConcurrentHashMap<>();

	/**
	 * The binders that have read the configuration again, by the alias of the service
	 * that each has refreshed.
	 */
	private final Map<String, EasServicesBinder> refreshes = new ConcurrentHashMap<>();

	/**
	 * Creates a binder for the current property sources of an environment.
	 * @param environment the environment
	 */
	public EasServicesBinder(Environment environment) {
		this.environment = environment;
		this.sources = StreamSupport.stream(ConfigurationPropertySources.get(environment).spliterator(), false)
			.toList();
	}

	/**
	 * Returns the aliases of the configured services.
	 * @return the aliases, in the order in which they are found
	 * @throws InvalidEasPropertyException if an alias isn't a valid host name, if an
	 * environment variable can't be assigned to exactly one service, or if
	 * {@code eas.services} or an alias has a value instead of nested properties
	 */
	public Set<String> aliases() {
		return new Aliases(this.sources).find();
	}

	/**
	 * Returns the properties of a service. They are bound and validated on the first call
	 * and cached.
	 * @param alias the alias of the service
	 * @return the properties; the same object until they are {@linkplain #refreshed
	 * refreshed}
	 * @throws InvalidEasPropertyException if a value can't be used; contains the full
	 * name of the property
	 * @throws BindException if a value can't be converted
	 */
	public EasServiceProperties bind(String alias) {
		EasServiceProperties known = this.bound.get(alias);
		return (known != null) ? known : this.bound.computeIfAbsent(alias, this::read);
	}

	/**
	 * Replaces the properties of a service by those that are in force from now on.
	 * @param alias the alias of the service
	 * @param inForce the result of {@link EasServiceProperties#refreshed}
	 * @param newest the binder that has read the newer properties
	 */
	public void refreshed(String alias, EasServiceProperties inForce, EasServicesBinder newest) {
		this.refreshes.put(alias, newest);
		this.bound.put(alias, inForce);
	}

	private EasServiceProperties read(String alias) {
		rejectOctal(inUse(alias, "uid"));
		TEXTS.forEach((key) -> rejectNumber(inUse(alias, key)));
		try {
			EasServiceProperties properties = this.services.get()
				.bindOrCreate(SERVICES.append(alias), PROPERTIES, null);
			use(alias, () -> properties.settings(ServiceOverrides.NONE));
			return properties;
		}
		catch (BindException ex) {
			InvalidSettingException invalid = invalidValue(ex);
			throw (invalid != null) ? locate(alias, ex.getName().append(invalid.name()), invalid) : ex;
		}
	}

	/**
	 * Rejects an account ID that YAML may have read as an octal number, because it began
	 * with 0. The number would be the ID of another account. A number with as many digits
	 * as an account ID can't have been octal.
	 */
	private static void rejectOctal(@Nullable ConfigurationProperty uid) {
		if (uid != null && uid.getValue() instanceof Number number
				&& number.toString().length() < DIGITS_OF_AN_ACCOUNT) {
			throw InvalidEasPropertyException.of(
					new InvalidSettingException("uid", number.toString(), "be text where it may begin with 0",
							"Put the ID into quotes: without them YAML reads digits after a 0 as an octal number."),
					uid.getName().toString(), uid.getOrigin());
		}
	}

	/**
	 * Rejects a text property whose value YAML has read as a number, possibly an octal
	 * one, or as a boolean, as it does with yes. The message doesn't contain the value,
	 * which may be a token.
	 */
	private static void rejectNumber(@Nullable ConfigurationProperty property) {
		if (property != null && (property.getValue() instanceof Number || property.getValue() instanceof Boolean)) {
			String name = property.getName().toString();
			String kind = (property.getValue() instanceof Number) ? "a number" : "a truth value";
			throw InvalidEasPropertyException.of(new InvalidSettingException(name, kind, "be text",
					"Put it into quotes: without them YAML reads digits, and words such as yes, as something else."),
					name, property.getOrigin());
		}
	}

	/**
	 * Returns the property that applies to a service: its own, or else the shared one.
	 */
	private @Nullable ConfigurationProperty inUse(String alias, String key) {
		ConfigurationProperty own = first(this.sources, SERVICES.append(alias).append(key));
		return (own != null) ? own : first(this.sources, ROOT.append(key));
	}

	/**
	 * Returns the property that a setting of a service was read from: the service's own,
	 * or else the shared one, unless an alternative of the service hides it.
	 * @param alias the alias of the service
	 * @param key the key below {@code eas.services.<alias>}
	 * @return the property with its source, or null if the setting is a default
	 */
	public @Nullable ConfigurationProperty source(String alias, String key) {
		EasServicesBinder newest = this.refreshes.get(alias);
		if (newest != null && !bind(alias).differences(newest.bind(alias)).contains(key)) {
			return newest.source(alias, key);
		}
		ConfigurationPropertyName own = SERVICES.append(alias).append(key);
		ServiceKey name = new ServiceKey(SERVICES.append(alias), ConfigurationPropertyName.of(key));
		boolean hidden = new Alternatives(withDescendantsOf(SERVICES)).hide(name);
		return Stream.concat(Stream.of(own), hidden ? Stream.empty() : Stream.of(name.shared()))
			.flatMap((candidate) -> this.sources.stream().map((source) -> find(source, candidate)))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	/**
	 * Returns the property from the first source that contains it, or null if none does.
	 */
	static @Nullable ConfigurationProperty first(List<ConfigurationPropertySource> sources,
			ConfigurationPropertyName name) {
		for (ConfigurationPropertySource source : sources) {
			ConfigurationProperty property = source.getConfigurationProperty(name);
			if (property != null) {
				return property;
			}
		}
		return null;
	}

	/**
	 * Runs code that uses the properties of a service, and adds the full name of the
	 * property to a failure.
	 * @param alias the alias of the service
	 * @param use the code to run, which may throw an {@link InvalidSettingException}
	 * whose name is relative to the service
	 * @param <T> the type of the result
	 * @return the result of the code
	 * @throws InvalidEasPropertyException if a value can't be used; contains the full
	 * name of the property
	 */
	public <T> T use(String alias, Supplier<T> use) {
		try {
			return use.get();
		}
		catch (InvalidSettingException ex) {
			throw locate(alias, SERVICES.append(alias).append(ex.name()), ex);
		}
	}

	/**
	 * Creates the binder of services. The binder only searches sources that may contain
	 * properties of this starter. Every other source would cost time, and the system
	 * environment caches each name that is looked up in it.
	 */
	private Binder services() {
		List<ConfigurationPropertySource> own = withDescendantsOf(SERVICES);
		Alternatives alternatives = new Alternatives(own);
		List<ConfigurationPropertySource> defaults = withDescendantsOf(ROOT).stream()
			.<ConfigurationPropertySource>map((source) -> new DefaultsSource(source, alternatives))
			.toList();
		PlaceholdersResolver placeholders = new PropertySourcesPlaceholdersResolver(this.environment);
		ConfigurationPropertySource groups = new SharedGroups(own,
				new Binder(Stream.of(own, defaults).flatMap(List::stream).toList(), placeholders));
		return new Binder(Stream.of(own, List.of(groups), defaults).flatMap(List::stream).toList(), placeholders);
	}

	private List<ConfigurationPropertySource> withDescendantsOf(ConfigurationPropertyName name) {
		return this.sources.stream()
			.filter((source) -> source.containsDescendantOf(name) != ConfigurationPropertyState.ABSENT)
			.toList();
	}

	/**
	 * Returns all tokens in the configuration, including those of services with an
	 * invalid alias.
	 * @return the tokens; empty if there are none
	 */
	public Set<Secret> tokens() {
		Binder binder = Binder.get(this.environment);
		Stream<ConfigurationPropertyName> services = new Aliases(this.sources).written()
			.stream()
			.map(EasServicesBinder::serviceName);
		return Stream.concat(Stream.of(ROOT), services)
			.map((prefix) -> binder.bind(prefix.append("token"), Bindable.of(Secret.class)))
			.filter(BindResult::isBound)
			.map(BindResult::get)
			.collect(Collectors.toSet());
	}

	private static ConfigurationPropertyName serviceName(String alias) {
		return SERVICES.append("[" + alias + "]");
	}

	private static @Nullable InvalidSettingException invalidValue(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof InvalidSettingException invalid) {
				return invalid;
			}
		}
		return null;
	}

	/**
	 * Returns the failure with the property name that the user wrote, and with its
	 * origin.
	 * @param alias the alias of the service
	 * @param name the full name of the property under {@code eas.services.<alias>}
	 * @param invalid the failure
	 */
	private InvalidEasPropertyException locate(String alias, ConfigurationPropertyName name,
			InvalidSettingException invalid) {
		ConfigurationPropertyName shared = ROOT.append(name.subName(SERVICES.append(alias).getNumberOfElements()));
		for (ConfigurationPropertyName candidate : List.of(name, shared)) {
			for (ConfigurationPropertySource source : this.sources) {
				ConfigurationProperty property = find(source, candidate);
				if (property != null) {
					return InvalidEasPropertyException.of(invalid, candidate.toString(), property.getOrigin());
				}
			}
		}
		return InvalidEasPropertyException.of(invalid, name.toString(), null);
	}

	private static @Nullable ConfigurationProperty find(ConfigurationPropertySource source,
			ConfigurationPropertyName name) {
		ConfigurationProperty property = source.getConfigurationProperty(name);
		return (property != null) ? property : source.getConfigurationProperty(name.append("[0]"));
	}

}
