package io.eas.benchmarks.instances;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * Fills the backlog of an instance that accepts no connections, so that the kernel drops
 * the packets of further ones. Not thread-safe.
 */
final class Backlog {

	private static final int PATIENCE_MILLIS = 200;

	/**
	 * The largest possible backlog. If more connections are established, the instance
	 * accepts them.
	 */
	private static final int MOST = 10_000;

	private final int port;

	private final List<Socket> waiting = new ArrayList<>();

	Backlog(int port) {
		this.port = port;
	}

	/**
	 * Opens connections until one is not answered.
	 * @throws IllegalStateException if all connections are answered
	 */
	void fill() {
		while (add()) {
			if (this.waiting.size() > MOST) {
				throw new IllegalStateException("port " + this.port + " keeps accepting connections");
			}
		}
	}

	private boolean add() {
		Socket socket = new Socket();
		this.waiting.add(socket);
		try {
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port), PATIENCE_MILLIS);
			return true;
		}
		catch (SocketTimeoutException ex) {
			return false;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void release() {
		for (Socket socket : this.waiting) {
			try {
				socket.close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		this.waiting.clear();
	}

}
