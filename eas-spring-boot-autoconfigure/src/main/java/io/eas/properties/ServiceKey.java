package io.eas.properties;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

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
	 * Returns the key with the given full name, or null if the name isn't that of a
	 * property of a service.
	 */
	static @Nullable ServiceKey of(ConfigurationPropertyName name) {
		return (name.getNumberOfElements() > DEPTH && SERVICES.isAncestorOf(name))
				? new ServiceKey(name.chop(DEPTH), name.subName(DEPTH)) : null;
	}

	/** Returns the name of the shared property, {@code eas.<key>}. */
	ConfigurationPropertyName shared() {
		return ROOT.append(this.key);
	}

	/** Returns the alias of the service that a name belongs to, as it is written. */
	static String alias(ConfigurationPropertyName name) {
		return name.getElement(SERVICES.getNumberOfElements(), Form.ORIGINAL);
	}

	static String path(ConfigurationPropertyName name) {
		return path(name, 0);
	}

	/**
	 * Returns the name below {@code eas.services}, without its first elements and without
	 * a list index. Underscores separate its elements.
	 */
	static String path(ConfigurationPropertyName name, int skipped) {
		int end = name.getNumberOfElements() - (name.isLastElementIndexed() ? 1 : 0);
		return IntStream.range(SERVICES.getNumberOfElements() + skipped, end)
			.mapToObj((index) -> name.getElement(index, Form.UNIFORM))
			.collect(Collectors.joining("_"));
	}

	/** Returns the keys of a record of properties, including those of nested records. */
	static Stream<String> keys(String prefix, Class<?> type) {
		return Arrays.stream(type.getRecordComponents()).flatMap((component) -> {
			String key = prefix + DataObjectPropertyName.toDashedForm(component.getName());
			return Stream.concat(Stream.of(key),
					component.getType().isRecord() ? keys(key + ".", component.getType()) : Stream.empty());
		});
	}

}
