package io.eas.properties;

import java.time.Duration;
import java.util.Locale;

import io.eas.discovery.probe.ProbeSettings;
import io.eas.settings.InvalidSettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

/**
 * How instances are checked by the client itself, in the words of service.json.
 *
 * @param enabled Whether instances are checked.
 * @param httpGet Check by a GET, without credentials.
 * @param tcpSocket Check by a connection. The default.
 * @param period Time from one check of an instance to the next.
 * @param timeout Time a check may take.
 * @param successThreshold Number of passed checks in a row after which an instance is
 * used.
 * @param failureThreshold Number of failed checks in a row after which an instance isn't
 * used.
 * @param beforeUse Whether an instance must have passed before it is used. If not, it is
 * used until it fails.
 */
public record ProbeProperties(@DefaultValue("false") boolean enabled, @DefaultValue HttpGet httpGet,
		@Nullable TcpSocket tcpSocket, @DefaultValue("10s") Duration period, @DefaultValue("1s") Duration timeout,
		@DefaultValue("1") int successThreshold, @DefaultValue("3") int failureThreshold,
		@DefaultValue("true") boolean beforeUse) {

	/**
	 * Checks that there is one check.
	 */
	public ProbeProperties {
		if (httpGet.path() != null && tcpSocket != null) {
			throw new InvalidSettingException("tcp-socket", tcpSocket.toString(),
					"not be set together with http-get.path",
					"Remove one of http-get.path and tcp-socket, since there is one check an instance.");
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
	 * Check by a GET.
	 *
	 * @param path Path of the check, with a query if need be. Passed is a status from 200
	 * to 399.
	 * @param port Port of the check. That of the instance by default.
	 */
	public record HttpGet(@Nullable String path, @Nullable Integer port) {

		/**
		 * Checks that a port comes with a path.
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
	 * Check by a connection.
	 *
	 * @param port Port of the check. That of the instance by default.
	 */
	public record TcpSocket(@Nullable Integer port) {

		/**
		 * A check of the instance's own port.
		 * @param text true
		 * @return the check; null for false, which is none
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
