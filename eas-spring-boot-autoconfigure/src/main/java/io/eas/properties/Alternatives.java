package io.eas.properties;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;

/**
 * Alternatives fall back together: a service with a token of its own, in whatever form,
 * takes none of the shared ones, and one with an account or a region of its own not the
 * shared endpoint, and one with a check of its own not the shared one.
 *
 * @param sources have the properties of services
 */
record Alternatives(List<ConfigurationPropertySource> sources) {

	private static final List<ConfigurationPropertyName> TOKEN = names("token", "token-file");

	private static final List<ConfigurationPropertyName> ACCOUNT = names("uid", "region-id");

	private static final List<ConfigurationPropertyName> HTTP_GET = names("probe.http-get.path", "probe.http-get.port");

	private static final List<ConfigurationPropertyName> TCP_SOCKET = names("probe.tcp-socket",
			"probe.tcp-socket.port");

	private static final List<ConfigurationPropertyName> CHECK = Stream.concat(HTTP_GET.stream(), TCP_SOCKET.stream())
		.toList();

	/** A key, and those of which a service may set none if it is to have the default. */
	private static final Map<ConfigurationPropertyName, List<ConfigurationPropertyName>> HIDDEN_BY = Map.of(
			TOKEN.get(0), TOKEN, TOKEN.get(1), TOKEN, ConfigurationPropertyName.of("endpoint"), ACCOUNT,
			HTTP_GET.get(0), TCP_SOCKET, HTTP_GET.get(1), TCP_SOCKET, TCP_SOCKET.get(0), CHECK, TCP_SOCKET.get(1),
			CHECK);

	/** Whether the service takes no default for this key. */
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
