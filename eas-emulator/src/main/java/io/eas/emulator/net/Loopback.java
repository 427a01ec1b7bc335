package io.eas.emulator.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * The loopback address, on which the emulator listens and to which it connects.
 */
public final class Loopback {

	/**
	 * The host, as an IP address.
	 */
	public static final String HOST = "127.0.0.1";

	private static final byte[] BYTES = { 127, 0, 0, 1 };

	private Loopback() {
	}

	/**
	 * Returns the address of a port as text.
	 * @param port a TCP port
	 * @return {@code 127.0.0.1:port}
	 */
	public static String address(int port) {
		return HOST + ":" + port;
	}

	/**
	 * Returns the address of a port to bind or connect to, without a name lookup.
	 * @param port a TCP port
	 * @return the address
	 */
	public static InetSocketAddress socketAddress(int port) {
		try {
			return new InetSocketAddress(InetAddress.getByAddress(BYTES), port);
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException("four bytes are an address", ex);
		}
	}

}
