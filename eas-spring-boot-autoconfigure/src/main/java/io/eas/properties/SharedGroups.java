package io.eas.properties;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;

/**
 * Property source of whole groups, such as {@code retry}, for the services that set no
 * property of the group themselves. Each group is bound once and shared by these
 * services. Thread-safe.
 */
final class SharedGroups implements ConfigurationPropertySource {

	private static final Map<ConfigurationPropertyName, Class<?>> TYPES = Arrays
		.stream(EasServiceProperties.class.getRecordComponents())
		.filter((component) -> component.getType().isRecord())
		.collect(Collectors.toUnmodifiableMap(
				(component) -> ConfigurationPropertyName.of(DataObjectPropertyName.toDashedForm(component.getName())),
				(component) -> component.getType()));

	private final List<ConfigurationPropertySource> sources;

	private final Binder binder;

	private final Map<ConfigurationPropertyName, Object> bound = new ConcurrentHashMap<>();

	/**
	 * Creates a source that has bound no group yet.
	 * @param sources the property sources that contain properties of services
	 * @param binder binds the group of a service
	 */
	SharedGroups(List<ConfigurationPropertySource> sources, Binder binder) {
		this.sources = sources;
		this.binder = binder;
	}

	@Override
	public @Nullable ConfigurationProperty getConfigurationProperty(ConfigurationPropertyName name) {
		ServiceKey key = ServiceKey.of(name);
		Class<?> type = (key != null) ? TYPES.get(key.key()) : null;
		if (key == null || type == null || maySet(name)) {
			return null;
		}
		Object group = this.bound.computeIfAbsent(key.key(),
				(any) -> this.binder.bindOrCreate(name, Bindable.of(type), null));
		return new ConfigurationProperty(name, group, null);
	}

	private boolean maySet(ConfigurationPropertyName group) {
		return this.sources.stream()
			.anyMatch((source) -> source.containsDescendantOf(group) != ConfigurationPropertyState.ABSENT);
	}

	@Override
	public ConfigurationPropertyState containsDescendantOf(ConfigurationPropertyName name) {
		return ConfigurationPropertyState.ABSENT;
	}

}
