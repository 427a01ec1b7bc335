package io.eas.properties;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;

/**
 * Shows the properties of all services as if they stood under each one's name, so that a
 * service falls back key by key to what is set for all.
 *
 * @param source has the properties
 * @param alternatives say what a service takes no default for
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
