package io.eas.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * One request on one connection, against a socket.
 */
class ProbeRequestTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final ServerSocket server;

	private final CompletableFuture<String> request = new CompletableFuture<>();

	ProbeRequestTests() throws IOException {
		this.server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
		this.server.setSoTimeout((int) PATIENCE.toMillis());
	}

	@AfterEach
	void close() throws IOException {
		this.server.close();
	}

	@Test
	void requestHasNoCredentialsAndItsConnectionIsClosed() throws Exception {
		answer("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok");
		assertThat(ask(PATIENCE)).isEqualTo(200);
		assertThat(this.request.get(20, TimeUnit.SECONDS)).startsWith("GET /livez?a=b HTTP/1.1\r\n")
			.containsIgnoringCase("\r\nConnection: close\r\n")
			.doesNotContainIgnoringCase("Authorization")
			.doesNotContainIgnoringCase("Cookie")
			.endsWith("<end>");
	}

	@Test
	void requestLeavesNoThread() throws Exception {
		answer("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok");
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		ask(PATIENCE);
		assertThat(Thread.getAllStackTraces().keySet()).filteredOn((thread) -> !before.contains(thread))
			.extracting(Thread::getName)
			.noneMatch((name) -> name.contains("Keep-Alive") || name.contains("HttpClient"));
	}

	@Test
	void redirectIsNotFollowed() throws Exception {
		answer("HTTP/1.1 302 Found\r\nConnection: close\r\nLocation: /login\r\nContent-Length: 0\r\n\r\n");
		assertThat(ask(PATIENCE)).isEqualTo(302);
	}

	@Test
	void challengeIsAResponse() throws Exception {
		answer("HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nWWW-Authenticate: Basic realm=\"a\"\r\nContent-Length: 0\r\n\r\n");
		assertThat(ask(PATIENCE)).isEqualTo(401);
	}

	@Test
	void requestFailsWithoutResponseInTime() {
		assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> ask(Duration.ofMillis(100)));
	}

	@Test
	void requestFailsIfTheResponseIsNotHttp() {
		answer("\u0015\u0003\u0003\u0000\u0002\u0002F");
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> ask(Duration.ofMillis(500)));
	}

	@Test
	void requestFailsIfThePortIsClosed() throws IOException {
		this.server.close();
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> ask(PATIENCE));
	}

	private int ask(Duration timeout) throws IOException {
		return new ProbeRequest(URI.create("http://127.0.0.1:" + this.server.getLocalPort() + "/livez?a=b"), timeout)
			.status();
	}

	/** Once. Remembers the head of the request, and whether anything came after. */
	private void answer(String answer) {
		this.request.completeAsync(() -> {
			try (Socket socket = this.server.accept()) {
				StringBuilder head = new StringBuilder();
				while (head.indexOf("\r\n\r\n") < 0) {
					head.append((char) socket.getInputStream().read());
				}
				socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
				socket.shutdownOutput();
				int end = socket.getInputStream().read();
				return head + ((end < 0) ? "<end>" : "<more>");
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
	}

}
