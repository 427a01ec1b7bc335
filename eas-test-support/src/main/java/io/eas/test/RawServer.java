package io.eas.test;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * A server whose behaviour on each connection is defined by the test. Each connection has
 * a thread of its own.
 */
public final class RawServer implements AutoCloseable {

	/** The behaviour once the head of a request has arrived. */
	@FunctionalInterface
	public interface Behaviour {

		/**
		 * Serves one request.
		 * @param socket the connection, which the server closes later
		 * @param request the head of the request
		 * @throws IOException if the connection breaks
		 */
		void serve(Socket socket, String request) throws IOException;

	}

	private final ServerSocket listener;

	private final Behaviour behaviour;

	private final boolean keepsConnections;

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private final CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();

	private final List<Socket> sockets = new CopyOnWriteArrayList<>();

	private RawServer(int port, Behaviour behaviour, boolean keepsConnections) {
		try {
			this.listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.behaviour = behaviour;
		this.keepsConnections = keepsConnections;
	}

	/**
	 * Starts a server that reads one request from each connection, applies the behaviour,
	 * and then waits for the client to close the connection.
	 * @param behaviour the behaviour
	 * @return the server, on a port chosen by the system
	 */
	public static RawServer start(Behaviour behaviour) {
		return start(new RawServer(0, behaviour, false));
	}

	/**
	 * Starts a server that reads one request after the other from each connection, and
	 * applies the behaviour to each. Bodies are not read.
	 * @param behaviour the behaviour
	 * @return the server, on a port chosen by the system
	 */
	public static RawServer keepingConnections(Behaviour behaviour) {
		return keepingConnections(0, behaviour);
	}

	/**
	 * Starts a server like {@link #keepingConnections(Behaviour)} on a given port, such
	 * as the port of a closed server.
	 * @param port the port
	 * @param behaviour the behaviour
	 * @return the server
	 */
	public static RawServer keepingConnections(int port, Behaviour behaviour) {
		return start(new RawServer(port, behaviour, true));
	}

	private static RawServer start(RawServer server) {
		daemon(server::accept);
		return server;
	}

	/**
	 * Starts a server that answers each request in the same way.
	 * @param answer the bytes, in ISO 8859-1
	 * @return the server
	 */
	public static RawServer answering(String answer) {
		return start((socket, request) -> send(socket, answer));
	}

	/**
	 * Sends some text.
	 * @param socket the connection
	 * @param text the bytes, in ISO 8859-1
	 * @throws IOException if the connection breaks
	 */
	public static void send(Socket socket, String text) throws IOException {
		OutputStream out = socket.getOutputStream();
		out.write(text.getBytes(StandardCharsets.ISO_8859_1));
		out.flush();
	}

	/**
	 * Waits, for example between two writes of a server.
	 * @param millis how long, in milliseconds
	 */
	public static void pause(int millis) {
		try {
			new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void daemon(Runnable work) {
		Thread thread = new Thread(work, "raw-server");
		thread.setDaemon(true);
		thread.start();
	}

	/**
	 * Returns the port on which the server listens.
	 * @return the port
	 */
	public int port() {
		return this.listener.getLocalPort();
	}

	/**
	 * Returns the heads of all requests in the order of arrival. An empty text stands for
	 * a connection that was closed without a request.
	 * @return a live list
	 */
	public List<String> requests() {
		return this.requests;
	}

	/**
	 * Returns the number of connections so far.
	 * @return the count
	 */
	public int connections() {
		return this.sockets.size();
	}

	/**
	 * Returns a future for the end of a connection.
	 * @return completes when the first connection has been closed or reset
	 */
	public CompletableFuture<@Nullable Void> closed() {
		return this.closed;
	}

	private void accept() {
		try {
			while (true) {
				Socket socket = this.listener.accept();
				this.sockets.add(socket);
				daemon(() -> serve(socket));
			}
		}
		catch (IOException ex) {
			// closed
		}
	}

	private void serve(Socket socket) {
		try (socket) {
			InputStream in = socket.getInputStream();
			String request = head(in);
			do {
				this.requests.add(request);
				this.behaviour.serve(socket, request);
				request = this.keepsConnections ? head(in) : "";
			}
			while (!request.isEmpty());
			in.readAllBytes();
		}
		catch (IOException ex) {
			// reset by the client, or by the behaviour
		}
		this.closed.complete(null);
	}

	private static String head(InputStream in) throws IOException {
		StringBuilder head = new StringBuilder();
		for (int next = in.read(); next >= 0; next = in.read()) {
			head.append((char) next);
			if (head.indexOf("\r\n\r\n") >= 0) {
				break;
			}
		}
		return head.toString();
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
		for (Socket socket : this.sockets) {
			socket.close();
		}
	}

}
