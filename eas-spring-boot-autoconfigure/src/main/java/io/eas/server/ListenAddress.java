package io.eas.server;

import java.net.InetAddress;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The address that a server listens on.
 *
 * @param port the port; 0 to let the system choose
 * @param address the local address; null for all addresses
 */
public record ListenAddress(int port, @Nullable InetAddress address) {

	private static final Set<Integer> RESERVED = Set.of(8080, 9090);

	/**
	 * Returns whether the port is reserved for the engine of EAS, which shares the
	 * network of the container.
	 * @return true for 8080 and 9090
	 */
	public boolean isReserved() {
		return RESERVED.contains(this.port);
	}

	/**
	 * Returns whether the server can only be reached from within the container.
	 * @return true for loopback addresses
	 */
	public boolean isLoopback() {
		return this.address != null && this.address.isLoopbackAddress();
	}

	/**
	 * Returns the host for connections from the same machine.
	 * @return the host, such as {@code 127.0.0.1} or {@code [::1]}
	 */
	public String localHost() {
		if (this.address == null || this.address.isAnyLocalAddress()) {
			return "127.0.0.1";
		}
		String host = this.address.getHostAddress();
		return (host.indexOf(':') >= 0) ? "[" + host + "]" : host;
	}

}
