package io.eas.emulator.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Locale;

/**
 * Reserves a port while nobody listens on it. On Linux, a bound socket that doesn't
 * listen refuses connections, keeps the system from assigning the port to other programs,
 * and lets a second socket with {@code SO_REUSEADDR} listen on the same port. On other
 * systems the second socket could not be bound, so there the port is only found, not
 * reserved.
 */
final class PortReservation {

	private static final boolean KEPT = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");

	private final SocketChannel holder;

	private final int port;

	private PortReservation(SocketChannel holder, int port) {
		this.holder = holder;
		this.port = port;
	}

	/**
	 * Reserves a port.
	 * @param host the IP address to listen on
	 * @param wanted the port; with 0 the system chooses one
	 * @return the reservation, to be released by the caller
	 * @throws UncheckedIOException if the port is taken
	 */
	static PortReservation of(String host, int wanted) {
		try {
			SocketChannel holder = bound(new InetSocketAddress(host, wanted));
			int port = ((InetSocketAddress) holder.getLocalAddress()).getPort();
			PortReservation reservation = new PortReservation(holder, port);
			if (!KEPT) {
				reservation.release();
			}
			return reservation;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot listen on " + host + ":" + wanted + ": " + ex.getMessage(), ex);
		}
	}

	private static SocketChannel bound(InetSocketAddress address) throws IOException {
		SocketChannel channel = SocketChannel.open();
		try {
			channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
			return channel.bind(address);
		}
		catch (IOException ex) {
			channel.close();
			throw ex;
		}
	}

	int port() {
		return this.port;
	}

	void release() {
		try {
			this.holder.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
