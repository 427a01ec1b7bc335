package io.eas.emulator;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/**
 * A call over a bare socket, to see what a client library would hide.
 */
final class RawCall implements Closeable {

	private final Socket socket;

	RawCall(int port) throws IOException {
		this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
		this.socket.setSoTimeout(10_000);
	}

	RawCall get(String uri) throws IOException {
		return send("GET", uri);
	}

	RawCall send(String method, String uri) throws IOException {
		return send(method, uri, "Host: eas");
	}

	RawCall send(String method, String uri, String... headers) throws IOException {
		this.socket.getOutputStream()
			.write((method + " " + uri + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\n\r\n")
				.getBytes(StandardCharsets.UTF_8));
		return this;
	}

	/** The last request on its connection. */
	RawCall post(String uri, String body) throws IOException {
		int length = body.getBytes(StandardCharsets.UTF_8).length;
		send("POST", uri, "Host: eas", "Connection: close", "Content-Length: " + length);
		this.socket.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
		return this;
	}

	/** What came before the end; a reset is an exception. */
	String read(int limit) throws IOException {
		StringBuilder text = new StringBuilder();
		while (text.length() < limit) {
			int next = this.socket.getInputStream().read();
			if (next < 0) {
				break;
			}
			text.append((char) next);
		}
		return text.toString();
	}

	boolean staysSilent(int millis) throws IOException {
		this.socket.setSoTimeout(millis);
		try {
			this.socket.getInputStream().read();
			return false;
		}
		catch (SocketTimeoutException ex) {
			return true;
		}
		finally {
			this.socket.setSoTimeout(10_000);
		}
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
