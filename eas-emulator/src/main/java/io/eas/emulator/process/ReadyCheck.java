package io.eas.emulator.process;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.eas.emulator.net.Loopback;
import org.jspecify.annotations.Nullable;

/**
 * Checks once whether a process is ready. Only the status of an HTTP response is read,
 * and interim responses are skipped. The HTTP client of the JDK isn't used, because in
 * JDK 17 it treats status 103 as the final response.
 *
 * @param port the process's own port
 * @param path the path to GET, or {@code null} if a connection is enough
 */
record ReadyCheck(int port, @Nullable String path) {

	private static final int TIMEOUT_MILLIS = 1000;

	private static final int MAX_HEAD = 64 * 1024;

	private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] (\\d{3})(?: .*)?");

	/** Returns why the process isn't ready yet, or {@code null} if it is. */
	@Nullable String refusal() {
		try (Socket socket = new Socket()) {
			socket.connect(Loopback.socketAddress(this.port), TIMEOUT_MILLIS);
			if (socket.getLocalPort() == this.port) {
				// nobody listens: the system chose the same port as the local port, so
				// the socket is connected to itself
				return "port " + this.port + ": Connection refused";
			}
			return (this.path != null) ? get(this.path, socket) : null;
		}
		catch (IOException ex) {
			return "port " + this.port + ": " + ex.getMessage();
		}
	}

	private @Nullable String get(String path, Socket socket) throws IOException {
		socket.getOutputStream()
			.write(("GET " + path + " HTTP/1.1\r\nHost: " + Loopback.address(this.port)
					+ "\r\nAccept: */*\r\nConnection: close\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
		int status = status(new Head(socket));
		return (status >= 200 && status < 400) ? null : "GET " + path + " answered " + status;
	}

	private static int status(Head head) throws IOException {
		int status = head.status();
		while (status < 200 && status != 101) {
			head.skipHeaders();
			status = head.status();
		}
		return status;
	}

	/** Reads the lines up to the final status within one time limit. */
	private static final class Head {

		private final long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS);

		private final Socket socket;

		private final InputStream in;

		private int left = MAX_HEAD;

		Head(Socket socket) throws IOException {
			this.socket = socket;
			this.in = socket.getInputStream();
		}

		int status() throws IOException {
			String line = line();
			Matcher matcher = STATUS_LINE.matcher(line);
			if (!matcher.matches()) {
				throw new ProtocolException("the answer isn't HTTP/1.1 but begins with \"" + line + '"');
			}
			return Integer.parseInt(matcher.group(1));
		}

		void skipHeaders() throws IOException {
			while (!line().isEmpty()) {
				// headers of an interim response are ignored
			}
		}

		private String line() throws IOException {
			StringBuilder line = new StringBuilder();
			for (int next = read(); next != '\n'; next = read()) {
				line.append((char) next);
			}
			return line.toString().stripTrailing();
		}

		private int read() throws IOException {
			long millis = TimeUnit.NANOSECONDS.toMillis(this.deadline - System.nanoTime());
			if (millis <= 0 || this.left-- == 0) {
				throw new SocketTimeoutException(
						"no status within " + TIMEOUT_MILLIS + " ms or in the first " + MAX_HEAD + " bytes");
			}
			this.socket.setSoTimeout((int) millis);
			int next = this.in.read();
			if (next < 0) {
				throw new EOFException("connection closed before the answer");
			}
			return next;
		}

	}

}
