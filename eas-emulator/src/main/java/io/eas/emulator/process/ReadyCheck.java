package io.eas.emulator.process;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;

import io.eas.emulator.net.Loopback;
import org.jspecify.annotations.Nullable;

/**
 * Asks a port once whether it is ready.
 *
 * @param port the process's own port
 * @param path what to GET, or {@code null} where a connection is enough
 */
record ReadyCheck(int port, @Nullable String path) {

	private static final int TIMEOUT_MILLIS = 1000;

	/** Why it isn't ready yet, or {@code null} if it is. */
	@Nullable String refusal() {
		try {
			return (this.path != null) ? get(this.path) : connect();
		}
		catch (IOException ex) {
			return "port " + this.port + ": " + ex.getMessage();
		}
	}

	private @Nullable String connect() throws IOException {
		try (Socket socket = new Socket()) {
			socket.connect(Loopback.socketAddress(this.port), TIMEOUT_MILLIS);
			return null;
		}
	}

	private @Nullable String get(String path) throws IOException {
		URI uri = URI.create("http://" + Loopback.address(this.port) + path);
		HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
		connection.setConnectTimeout(TIMEOUT_MILLIS);
		connection.setReadTimeout(TIMEOUT_MILLIS);
		connection.setInstanceFollowRedirects(false);
		// or the JDK keeps a thread for the idle connection
		connection.setRequestProperty("Connection", "close");
		try {
			int status = connection.getResponseCode();
			return (status >= 200 && status < 400) ? null : "GET " + path + " answered " + status;
		}
		finally {
			connection.disconnect();
		}
	}

}
