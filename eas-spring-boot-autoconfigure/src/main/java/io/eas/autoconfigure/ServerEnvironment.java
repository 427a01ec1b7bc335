package io.eas.autoconfigure;

import java.net.InetAddress;
import java.util.Objects;
import java.util.stream.StreamSupport;

import io.eas.properties.EasServerProperties;
import io.eas.properties.InvalidEasPropertyException;
import io.eas.server.ListenAddress;
import io.eas.settings.InvalidSettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;

/**
 * The configuration of the servers of this application. Each call reads the configuration
 * again.
 *
 * @param environment the environment with the configuration
 */
record ServerEnvironment(Environment environment) {

	/**
	 * Returns the properties under {@code eas.server}.
	 * @throws InvalidEasPropertyException if a value can't be used; contains the full
	 * name of the property
	 * @throws BindException if a value can't be converted
	 */
	EasServerProperties properties() {
		try {
			return Binder.get(this.environment).bindOrCreate("eas.server", EasServerProperties.class);
		}
		catch (BindException ex) {
			for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
				if (cause instanceof InvalidSettingException invalid) {
					throw invalid("eas.server." + invalid.name(), invalid);
				}
			}
			throw ex;
		}
	}

	/** Returns an exception with the origin of a value that can't be used. */
	InvalidEasPropertyException invalid(String name, InvalidSettingException invalid) {
		return InvalidEasPropertyException.of(invalid, name, origin(name));
	}

	private @Nullable Origin origin(String name) {
		ConfigurationPropertyName property = ConfigurationPropertyName.of(name);
		return StreamSupport.stream(ConfigurationPropertySources.get(this.environment).spliterator(), false)
			.map((source) -> source.getConfigurationProperty(property))
			.filter(Objects::nonNull)
			.map((found) -> found.getOrigin())
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	@Nullable String text(String name) {
		return get(name, String.class);
	}

	<T> @Nullable T get(String name, Class<T> type) {
		return Binder.get(this.environment).bind(name, type).orElse(null);
	}

	/** Returns the configured address of the main server. */
	ListenAddress server() {
		Integer port = get("server.port", Integer.class);
		return new ListenAddress((port != null) ? port : 8080, get("server.address", InetAddress.class));
	}

	/**
	 * Returns the configured address of the management server, or null if Actuator uses
	 * the main server.
	 */
	@Nullable ListenAddress management() {
		Integer port = get("management.server.port", Integer.class);
		if (port == null || port < 0 || (port != 0 && port == server().port())) {
			return null;
		}
		return new ListenAddress(port, get("management.server.address", InetAddress.class));
	}

	/** Returns the actual port of a server, or null if it isn't listening yet. */
	@Nullable Integer localPort(boolean management) {
		return get(management ? "local.management.port" : "local.server.port", Integer.class);
	}

}
