package io.eas.server;

import java.net.InetAddress;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Where a server listens.
 *
 * @param port the port; 0 lets the system choose
 * @param address the local address; null for all
 */
public record ListenAddress(int port, @Nullable InetAddress address) {

	private static final Set<Integer> RESERVED = Set.of(8080, 9090);

	/**
	 * Whether the port belongs to the engine of EAS, which shares the container's
	 * network.
	 * @return true for 8080 and 9090
	 */
	public boolean isReserved() {
		return RESERVED.contains(this.port);
	}

	/**
	 * Whether nobody outside of the container can connect.
	 * @return true for loopback addresses
	 */
	public boolean isLoopback() {
		return this.address != null && this.address.isLoopbackAddress();
	}

	/**
	 * The host under which the machine itself can connect.
	 * @return such as {@code 127.0.0.1} or {@code [::1]}
	 */
	public String localHost() {
		if (this.address == null || this.address.isAnyLocalAddress()) {
			return "127.0.0.1";
		}
		String host = this.address.getHostAddress();
		return (host.indexOf(':') >= 0) ? "[" + host + "]" : host;
	}

}
