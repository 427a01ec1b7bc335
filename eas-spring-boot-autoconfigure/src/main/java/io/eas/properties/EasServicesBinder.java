package io.eas.properties;

import java.util.List;
import java.util.Map;
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
 * Reads the properties of services: {@code eas.services.<alias>.*} and, key by key where
 * that says nothing, {@code eas.*}. Thread-safe.
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
	 * Reads from an environment, whose sources are taken as they are now.
	 * @param environment has the properties
	 */
	public EasServicesBinder(Environment environment) {
		this.environment = environment;
		this.sources = StreamSupport.stream(ConfigurationPropertySources.get(environment).spliterator(), false)
			.toList();
	}

	/**
	 * The aliases of the configured services.
	 * @return in the order in which they are found
	 * @throws InvalidEasPropertyException if one isn't a host name, if a variable can't
	 * be told to be a property of one service, or if there is a value in their place
	 */
	public Set<String> aliases() {
		return new Aliases(this.sources).find();
	}

	/**
	 * The properties of one service, as they are when they are first asked for.
	 * @param alias the service
	 * @return the same from then on
	 * @throws InvalidEasPropertyException if a value can't be used, with its full name
	 * @throws BindException if a value can't be converted
	 */
	public EasServiceProperties bind(String alias) {
		EasServiceProperties known = this.bound.get(alias);
		return (known != null) ? known : this.bound.computeIfAbsent(alias, this::read);
	}

	private EasServiceProperties read(String alias) {
		rejectOctal(inUse(alias, "uid"));
		TEXTS.forEach((key) -> rejectNumber(inUse(alias, key)));
		try {
			EasServiceProperties properties = this.services.get()
				.bindOrCreate(SERVICES.append(alias), PROPERTIES, null);
			use(alias, () -> properties.settings(null, null));
			return properties;
		}
		catch (BindException ex) {
			InvalidSettingException invalid = invalidValue(ex);
			throw (invalid != null) ? locate(alias, ex.getName().append(invalid.name()), invalid) : ex;
		}
	}

	/**
	 * YAML takes digits that begin with 0 for an octal number, which is another account.
	 * A number that has all its digits can't have been one.
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
	 * YAML takes digits for a number, which may be octal, and words such as yes for a
	 * truth value. A token is nobody's to see.
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

	/** What counts for a service: its own, or that of all of them. */
	private @Nullable ConfigurationProperty inUse(String alias, String key) {
		ConfigurationProperty own = first(this.sources, SERVICES.append(alias).append(key));
		return (own != null) ? own : first(this.sources, ROOT.append(key));
	}

	/** The value that wins, or null if there is none. */
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
	 * Uses what the properties of a service say.
	 * @param alias the service
	 * @param use makes something of it
	 * @param <T> what is made
	 * @return what was made
	 * @throws InvalidEasPropertyException if a value can't be used, with its full name
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
	 * Binds services. Looks only into sources that may have something for it, since
	 * others cost time, and the system environment keeps each name it was asked for.
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
	 * The tokens in the configuration, of whichever services there are, valid or not.
	 * @return empty where there is none
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
	 * Gives a failure the name that the user wrote and its place.
	 * @param alias the service
	 * @param name the full name
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
