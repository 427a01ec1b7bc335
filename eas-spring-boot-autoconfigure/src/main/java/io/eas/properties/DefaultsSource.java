package io.eas.properties;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;

/**
 * Property source that presents the shared properties under {@code eas} as properties of
 * each service, so that a service inherits each key that it doesn't set itself.
 *
 * @param source the source of the shared properties
 * @param alternatives the keys that a service doesn't inherit if it sets an alternative
 */
record DefaultsSource(ConfigurationPropertySource source,
		Alternatives alternatives) implements ConfigurationPropertySource {

	@Override
	public @Nullable ConfigurationProperty getConfigurationProperty(ConfigurationPropertyName name) {
		ServiceKey key = ServiceKey.of(name);
		return (key != null && !this.alternatives.hide(key)) ? this.source.getConfigurationProperty(key.shared())
				: null;
	}

	@Override
	public ConfigurationPropertyState containsDescendantOf(ConfigurationPropertyName name) {
		ServiceKey key = ServiceKey.of(name);
		return (key != null) ? this.source.containsDescendantOf(key.shared()) : ConfigurationPropertyState.ABSENT;
	}

}
