package io.eas.properties;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;

/**
 * Properties that are alternatives to each other and are therefore inherited together or
 * not at all. A service with its own token, as a value or in a file, inherits neither
 * shared property. A service with its own account or region doesn't inherit the shared
 * endpoint. A service with its own kind of probe doesn't inherit the shared kind.
 *
 * @param sources the property sources that contain properties of services
 */
record Alternatives(List<ConfigurationPropertySource> sources) {

	private static final List<ConfigurationPropertyName> TOKEN = names("token", "token-file");

	private static final List<ConfigurationPropertyName> ACCOUNT = names("uid", "region-id");

	private static final List<ConfigurationPropertyName> HTTP_GET = names("probe.http-get.path", "probe.http-get.port");

	private static final List<ConfigurationPropertyName> TCP_SOCKET = names("probe.tcp-socket",
			"probe.tcp-socket.port");

	private static final List<ConfigurationPropertyName> CHECK = Stream.concat(HTTP_GET.stream(), TCP_SOCKET.stream())
		.toList();

	/**
	 * Maps a key to the keys that hide its shared value: the service inherits the value
	 * only if it sets none of them.
	 */
	private static final Map<ConfigurationPropertyName, List<ConfigurationPropertyName>> HIDDEN_BY = Map.of(
			TOKEN.get(0), TOKEN, TOKEN.get(1), TOKEN, ConfigurationPropertyName.of("endpoint"), ACCOUNT,
			HTTP_GET.get(0), TCP_SOCKET, HTTP_GET.get(1), TCP_SOCKET, TCP_SOCKET.get(0), CHECK, TCP_SOCKET.get(1),
			CHECK);

	/** Returns whether the service doesn't inherit the shared value of this key. */
	boolean hide(ServiceKey key) {
		return HIDDEN_BY.getOrDefault(key.key(), List.of())
			.stream()
			.anyMatch((own) -> isSet(key.service().append(own)));
	}

	private boolean isSet(ConfigurationPropertyName name) {
		return this.sources.stream().anyMatch((source) -> source.getConfigurationProperty(name) != null);
	}

	private static List<ConfigurationPropertyName> names(String... names) {
		return Stream.of(names).map(ConfigurationPropertyName::of).toList();
	}

}
