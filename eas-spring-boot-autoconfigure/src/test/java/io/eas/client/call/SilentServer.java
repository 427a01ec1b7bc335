package io.eas.client.call;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An instance that takes requests, answers with whatever bytes a test gives it or with
 * nothing, and sees when its client closes the connection.
 */
final class SilentServer implements AutoCloseable {

	private final ServerSocket server;

	private final byte[] answer;

	private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();

	private final CountDownLatch closed = new CountDownLatch(1);

	private final AtomicInteger connections = new AtomicInteger();

	SilentServer(String answer) {
		try {
			this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.answer = answer.getBytes(StandardCharsets.ISO_8859_1);
		daemon(this::accept);
	}

	String address() {
		return "127.0.0.1:" + this.server.getLocalPort();
	}

	/** The first bytes of the next request. */
	String nextRequest() throws InterruptedException {
		return this.requests.poll(10, TimeUnit.SECONDS);
	}

	boolean seesItsClientClose() throws InterruptedException {
		return this.closed.await(10, TimeUnit.SECONDS);
	}

	boolean hasSeenItsClientClose() {
		return this.closed.getCount() == 0;
	}

	int connections() {
		return this.connections.get();
	}

	private void accept() {
		try {
			while (true) {
				Socket socket = this.server.accept();
				this.connections.incrementAndGet();
				daemon(() -> serve(socket));
			}
		}
		catch (IOException ex) {
			// closed
		}
	}

	private void serve(Socket socket) {
		byte[] buffer = new byte[8192];
		try (socket) {
			InputStream in = socket.getInputStream();
			for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
				this.requests.add(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
				socket.getOutputStream().write(this.answer);
			}
		}
		catch (IOException ex) {
			// a reset is a close
		}
		this.closed.countDown();
	}

	private static void daemon(Runnable task) {
		Thread thread = new Thread(task, "silent-server");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() {
		try {
			this.server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
