package io.eas.emulator.probe;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.eas.emulator.net.Loopback;

/**
 * A server that does with its connections as a test says, one thread each.
 */
final class RawServer implements AutoCloseable {

	@FunctionalInterface
	interface Behaviour {

		void serve(Socket socket, String request) throws IOException;

	}

	private final ServerSocket listener = new ServerSocket();

	private final Behaviour behaviour;

	/** The requests as they came, a connection each. */
	final List<String> requests = new CopyOnWriteArrayList<>();

	/** Completes when the other side has closed a connection. */
	final CompletableFuture<Void> closed = new CompletableFuture<>();

	private final List<Socket> sockets = new CopyOnWriteArrayList<>();

	private RawServer(Behaviour behaviour) throws IOException {
		this.behaviour = behaviour;
		this.listener.bind(Loopback.socketAddress(0));
	}

	/** Reads the request, then does as said, then waits for the other side to close. */
	static RawServer start(Behaviour behaviour) {
		try {
			RawServer server = new RawServer(behaviour);
			daemon(server::accept);
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static RawServer answering(String answer) {
		return start((socket, request) -> send(socket, answer));
	}

	static void send(Socket socket, String text) throws IOException {
		OutputStream out = socket.getOutputStream();
		out.write(text.getBytes(StandardCharsets.ISO_8859_1));
		out.flush();
	}

	private static void daemon(Runnable work) {
		Thread thread = new Thread(work, "raw-server");
		thread.setDaemon(true);
		thread.start();
	}

	int port() {
		return this.listener.getLocalPort();
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
			this.requests.add(request);
			this.behaviour.serve(socket, request);
			in.readAllBytes();
		}
		catch (IOException ex) {
			// reset by the other side, or by the behaviour
		}
		this.closed.complete(null);
	}

	private static String head(InputStream in) throws IOException {
		StringBuilder head = new StringBuilder();
		for (int c = in.read(); c >= 0; c = in.read()) {
			head.append((char) c);
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
