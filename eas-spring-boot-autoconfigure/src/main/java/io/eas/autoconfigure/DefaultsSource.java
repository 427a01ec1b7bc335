package io.eas.autoconfigure;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;

/**
 * Shows the properties under one prefix as if they stood under another, so that a service
 * falls back key by key to what is set for all.
 *
 * @param source has the properties
 * @param from the prefix they are asked for under
 * @param to the prefix they stand under
 * @param hidden the names that have no default
 */
record DefaultsSource(ConfigurationPropertySource source, ConfigurationPropertyName from, ConfigurationPropertyName to,
		Set<ConfigurationPropertyName> hidden) implements ConfigurationPropertySource {

	@Override
	public @Nullable ConfigurationProperty getConfigurationProperty(ConfigurationPropertyName name) {
		return (this.from.isAncestorOf(name) && !this.hidden.contains(name))
				? this.source.getConfigurationProperty(map(name)) : null;
	}

	@Override
	public ConfigurationPropertyState containsDescendantOf(ConfigurationPropertyName name) {
		return this.from.isAncestorOf(name) ? this.source.containsDescendantOf(map(name))
				: ConfigurationPropertyState.ABSENT;
	}

	private ConfigurationPropertyName map(ConfigurationPropertyName name) {
		return this.to.append(name.subName(this.from.getNumberOfElements()));
	}

}
