package io.eas.properties;

import java.time.Duration;
import java.util.Locale;

import io.eas.discovery.probe.ProbeSettings;
import io.eas.settings.InvalidSettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

/**
 * Properties of the health checks that the client sends to instances. The names are those
 * of service.json.
 *
 * @param enabled Whether the client sends health checks to instances.
 * @param httpGet Health check by a GET request without credentials.
 * @param tcpSocket Health check by a TCP connection, which is the default.
 * @param period Time between the starts of two health checks of an instance.
 * @param timeout Maximum duration of a health check.
 * @param successThreshold Number of consecutive successful health checks after which an
 * instance is used.
 * @param failureThreshold Number of consecutive failed health checks after which an
 * instance is no longer used.
 * @param beforeUse Whether a new instance must pass its health check before it is used,
 * instead of being used until a check fails.
 */
public record ProbeProperties(@DefaultValue("false") boolean enabled, @DefaultValue HttpGet httpGet,
		@Nullable TcpSocket tcpSocket, @DefaultValue("10s") Duration period, @DefaultValue("1s") Duration timeout,
		@DefaultValue("1") int successThreshold, @DefaultValue("3") int failureThreshold,
		@DefaultValue("true") boolean beforeUse) {

	/**
	 * Validates that at most one kind of check is configured.
	 * @throws InvalidSettingException if there are both kinds
	 */
	public ProbeProperties {
		if (httpGet.path() != null && tcpSocket != null) {
			throw new InvalidSettingException("tcp-socket", tcpSocket.toString(),
					"not be set together with http-get.path",
					"Remove one of http-get.path and tcp-socket, since there is only one check per instance.");
		}
	}

	ProbeSettings settings() {
		return new ProbeSettings(this.enabled, this.httpGet.path(), port(), this.period, this.timeout,
				this.successThreshold, this.failureThreshold, this.beforeUse);
	}

	@Nullable Integer port() {
		return (this.tcpSocket != null) ? this.tcpSocket.port() : this.httpGet.port();
	}

	/**
	 * Properties of a health check by a GET request.
	 *
	 * @param path Path of the health check, with an optional query, which must respond
	 * with a status from 200 to 399.
	 * @param port Port of the health check, which is the port of the instance by default.
	 */
	public record HttpGet(@Nullable String path, @Nullable Integer port) {

		/**
		 * Validates that a port is set only together with a path; a blank path counts as
		 * absent.
		 * @throws InvalidSettingException if there is a port without a path
		 */
		public HttpGet {
			path = StringUtils.hasText(path) ? path : null;
			if (path == null && port != null) {
				throw new InvalidSettingException("port", port.toString(), "come with a path",
						"Set http-get.path too, or tcp-socket.port instead.");
			}
		}

	}

	/**
	 * Properties of a health check by a TCP connection.
	 *
	 * @param port Port of the health check, which is the port of the instance by default.
	 */
	public record TcpSocket(@Nullable Integer port) {

		/**
		 * Converts {@code true} to a check of the instance's own port. Called by Spring
		 * Boot's binder.
		 * @param text {@code true} or {@code false}
		 * @return the check, or null for {@code false}
		 * @throws IllegalArgumentException if the text is something else
		 */
		public static @Nullable TcpSocket valueOf(String text) {
			return switch (text.strip().toLowerCase(Locale.ROOT)) {
				case "true" -> new TcpSocket(null);
				case "false" -> null;
				default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false");
			};
		}

		@Override
		public String toString() {
			return (this.port != null) ? "port " + this.port : "true";
		}

	}

}
