package io.eas.properties;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * The name of a property of a service, {@code eas.services.<alias>.<key>}.
 *
 * @param service the prefix {@code eas.services.<alias>}
 * @param key the name below the prefix
 */
record ServiceKey(ConfigurationPropertyName service, ConfigurationPropertyName key) {

	static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("eas");

	static final ConfigurationPropertyName SERVICES = ROOT.append("services");

	private static final int DEPTH = SERVICES.getNumberOfElements() + 1;

	/**
	 * Returns the key with the given full name, or null if that isn't a property of a
	 * service.
	 */
	static @Nullable ServiceKey of(ConfigurationPropertyName name) {
		return (name.getNumberOfElements() > DEPTH && SERVICES.isAncestorOf(name))
				? new ServiceKey(name.chop(DEPTH), name.subName(DEPTH)) : null;
	}

	/** Returns the name of the shared property, {@code eas.<key>}. */
	ConfigurationPropertyName shared() {
		return ROOT.append(this.key);
	}

}
