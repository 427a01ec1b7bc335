package io.eas.benchmarks.instances;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/**
 * A reserved port, chosen by the system, which is assigned to no other program even while
 * the instance that listens on it is dead. Otherwise, a client that keeps connecting to a
 * dead instance could get that port as its own local port and connect to itself.
 */
final class HeldPort implements AutoCloseable {

	private final SocketChannel holder;

	private final int port;

	private HeldPort(SocketChannel holder) throws IOException {
		this.holder = holder;
		// on Linux, a bound socket that doesn't listen allows another one to listen on
		// the port
		holder.setOption(StandardSocketOptions.SO_REUSEADDR, true);
		holder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		this.port = ((InetSocketAddress) holder.getLocalAddress()).getPort();
	}

	static HeldPort any() {
		try {
			return new HeldPort(SocketChannel.open());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("there is no free port: " + ex.getMessage(), ex);
		}
	}

	int number() {
		return this.port;
	}

	@Override
	public void close() {
		try {
			this.holder.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
