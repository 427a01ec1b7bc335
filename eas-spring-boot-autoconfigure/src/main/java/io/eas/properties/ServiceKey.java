package io.eas.properties;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * A property of a service, {@code eas.services.<alias>.<key>}.
 *
 * @param service the name of the service's properties
 * @param key the name below the service
 */
record ServiceKey(ConfigurationPropertyName service, ConfigurationPropertyName key) {

	static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("eas");

	static final ConfigurationPropertyName SERVICES = ROOT.append("services");

	private static final int DEPTH = SERVICES.getNumberOfElements() + 1;

	/** The property of this name, or null if it is none of a service. */
	static @Nullable ServiceKey of(ConfigurationPropertyName name) {
		return (name.getNumberOfElements() > DEPTH && SERVICES.isAncestorOf(name))
				? new ServiceKey(name.chop(DEPTH), name.subName(DEPTH)) : null;
	}

	/** The property that says it for all services. */
	ConfigurationPropertyName shared() {
		return ROOT.append(this.key);
	}

}
