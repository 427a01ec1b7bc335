package io.eas.benchmarks.instances;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/**
 * A port that the system chose and gives to nobody else, whether or not the instance that
 * listens there lives. Otherwise a client that keeps trying to connect to a dead instance
 * could be given that very port for its own end, and talk to itself.
 */
final class HeldPort implements AutoCloseable {

	private final SocketChannel holder;

	private final int port;

	private HeldPort(SocketChannel holder) throws IOException {
		this.holder = holder;
		// on Linux, a socket that is bound and doesn't listen lets another one listen
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
