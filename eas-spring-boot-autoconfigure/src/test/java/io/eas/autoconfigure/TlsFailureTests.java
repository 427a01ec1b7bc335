package io.eas.autoconfigure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.eas.client.EasConnectException;
import io.eas.http.SecureConnect;
import io.eas.properties.EasServicesBinder;
import io.eas.properties.ServiceOverrides;
import io.eas.service.EasService;
import io.eas.service.EasServiceFactory;
import io.eas.service.EasThreads;
import io.eas.service.ServiceListeners;
import io.github.resilience4j.retry.RetryRegistry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.tcp.SslProvider.GenericSslContextSpec;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.http.codec.ClientCodecConfigurer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Endpoints over https that can't be spoken to.
 */
@ExtendWith(OutputCaptureExtension.class)
class TlsFailureTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	@TempDir
	private static Path directory;

	private static Certificate valid;

	private static Certificate expired;

	private static Certificate other;

	@BeforeAll
	static void certificates() throws Exception {
		valid = Certificate.of(directory, "localhost");
		expired = Certificate.of(Files.createDirectory(directory.resolve("expired")), "localhost", "-startdate", "-3d",
				"-validity", "1");
		other = Certificate.of(directory, "other.test");
	}

	@Test
	void untrustedCertificateIsTriedOncePerCallAndLoggedOnce(CapturedOutput output) throws Exception {
		refused(valid, UnaryOperator.identity(), "unable to find valid certification path", output);
	}

	@Test
	void expiredCertificateIsTriedOncePerCallAndLoggedOnce(CapturedOutput output) throws Exception {
		refused(expired, expired::trustedBy, "validity check failed", output);
	}

	@Test
	void certificateOfAnotherHostIsTriedOncePerCallAndLoggedOnce(CapturedOutput output) throws Exception {
		refused(other, other::trustedBy, "No subject alternative DNS name matching localhost found", output);
	}

	private static void refused(Certificate certificate, UnaryOperator<HttpClient> network, String reason,
			CapturedOutput output) throws Exception {
		AtomicInteger connections = new AtomicInteger();
		DisposableServer gateway = gateway(certificate, connections);
		try {
			service(network, gateway.port(), (service) -> {
				for (int i = 0; i < 4; i++) {
					assertThatExceptionOfType(EasConnectException.class)
						.isThrownBy(() -> service.client().get("").retrieve(String.class).block(PATIENCE))
						.withMessageContaining("attempt 1 of 3")
						.withMessageContaining(reason)
						.withMessageEndingWith("; not tried again: there is no other address to try");
				}
			}, Map.of("eas.mode", "gateway"));
		}
		finally {
			gateway.disposeNow();
		}
		assertThat(connections).hasValue(4);
		awaitLine(output);
		List<String> lines = output.getAll()
			.lines()
			.filter((line) -> line.contains("WARN") || line.contains("ERROR"))
			.toList();
		assertThat(lines).filteredOn((line) -> line.contains("mnist"))
			.singleElement()
			.asString()
			.contains("mnist: TLS handshake failed: ")
			.contains(reason);
		assertThat(output.getAll()).doesNotContain("The connection observed an error").doesNotContain("\tat ");
	}

	/** Lines are written once the call knows. */
	private static void awaitLine(CapturedOutput output) {
		await().atMost(PATIENCE).until(() -> output.getAll().contains("TLS handshake failed: "));
	}

	@Test
	void portWithoutTlsIsTriedOnce(CapturedOutput output) throws Exception {
		try (Peer plain = new Peer((socket) -> {
			socket.getInputStream().read();
			socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
		})) {
			service(UnaryOperator.identity(), plain.port(),
					(service) -> assertThatExceptionOfType(EasConnectException.class)
						.isThrownBy(() -> service.client().get("").retrieve(String.class).block(PATIENCE))
						.withMessageContaining("attempt 1 of 3")
						.withMessageContaining("not an SSL/TLS record"),
					Map.of("eas.mode", "gateway"));
			assertThat(plain.connections()).isEqualTo(1);
			awaitLine(output);
		}
	}

	@Test
	void refusedAddressIsNotTriedAgainWhileAnotherOneRemains(CapturedOutput output) throws Exception {
		AtomicInteger refusals = new AtomicInteger();
		DisposableServer refusing = gateway(valid, refusals);
		try (Peer closing = new Peer((socket) -> socket.getInputStream().read())) {
			service(HttpClient::secure, refusing.port(), (service) -> {
				for (int calls = 1; calls <= 4; calls++) {
					assertThatExceptionOfType(EasConnectException.class)
						.isThrownBy(() -> service.client().get("").retrieve(String.class).block(PATIENCE))
						.withMessageContaining("attempt 3 of 3");
					assertThat(refusals).hasValue(calls);
					assertThat(closing.connections()).isEqualTo(2 * calls);
				}
				awaitLine(output);
			}, Map.of("eas.mode", "static", "eas.services.mnist.instances",
					"localhost:" + refusing.port() + ",localhost:" + closing.port()));
		}
		finally {
			refusing.disposeNow();
		}
	}

	@Test
	void connectionIsEstablishedAlthoughTheHandshakeListenerThrows(CapturedOutput output) throws Exception {
		DisposableServer server = gateway(valid, new AtomicInteger());
		String uri = "https://localhost:" + server.port() + "/";
		try {
			HttpClient client = SecureConnect.within(valid.trustedBy(HttpClient.create().secure()),
					Duration.ofSeconds(10), (refusal) -> {
						throw new NoClassDefFoundError("no/Listener");
					});
			assertThat(client.get().uri(uri).responseContent().aggregate().asString().block(PATIENCE)).isEqualTo("ok");
			HttpClient refused = SecureConnect.within(HttpClient.create().secure(), Duration.ofSeconds(10),
					(refusal) -> {
						throw new NoClassDefFoundError("no/Listener");
					});
			assertThatExceptionOfType(Exception.class)
				.isThrownBy(() -> refused.get().uri(uri).response().block(PATIENCE))
				.withStackTraceContaining("unable to find valid certification path");
			await().atMost(PATIENCE).until(() -> output.getAll().contains("A listener of TLS handshakes failed"));
		}
		finally {
			server.disposeNow();
		}
	}

	@Test
	void brokenHandshakeIsRetried(CapturedOutput output) throws Exception {
		try (Peer closing = new Peer((socket) -> socket.getInputStream().read())) {
			service(UnaryOperator.identity(), closing.port(),
					(service) -> assertThatExceptionOfType(EasConnectException.class)
						.isThrownBy(() -> service.client().get("").retrieve(String.class).block(PATIENCE))
						.withMessageContaining("attempt 3 of 3"),
					Map.of("eas.mode", "gateway"));
			assertThat(closing.connections()).isEqualTo(3);
		}
		assertThat(output.getAll()).doesNotContain("The connection observed an error");
	}

	@Test
	void stalledHandshakeIsLimitedByTheConnectTimeout(CapturedOutput output) throws Exception {
		try (Peer silent = new Peer((socket) -> socket.getInputStream().readAllBytes())) {
			service(UnaryOperator.identity(), silent.port(), (service) -> {
				long started = System.nanoTime();
				assertThatExceptionOfType(EasConnectException.class)
					.isThrownBy(() -> service.client().get("").retrieve(String.class).block(PATIENCE))
					.withMessageContaining("attempt 3 of 3")
					.withMessageContaining("no TLS connection to ")
					.withMessageContaining(" within 500 ms");
				assertThat(Duration.ofNanos(System.nanoTime() - started)).isBetween(Duration.ofMillis(1500),
						Duration.ofSeconds(9));
				assertThat(silent.connections()).isEqualTo(3);
				await().atMost(PATIENCE).until(silent::areAllClosed);
			}, Map.of("eas.mode", "gateway", "eas.http.request-timeout", "50s"));
		}
		assertThat(output.getAll()).doesNotContain("The connection observed an error");
	}

	@Test
	void discoveryOverTlsHasItsOwnLogLineAndTimeout(CapturedOutput output) throws Exception {
		AtomicInteger connections = new AtomicInteger();
		DisposableServer gateway = gateway(valid, connections);
		try {
			service(UnaryOperator.identity(), gateway.port(),
					(service) -> await().atMost(PATIENCE).until(() -> connections.get() >= 3), Map.of());
		}
		finally {
			gateway.disposeNow();
		}
		assertThat(output.getAll().lines().filter((line) -> line.contains("WARN"))).singleElement()
			.asString()
			.contains("mnist: discovery at https://localhost:")
			.contains("unable to find valid certification path");
		try (Peer silent = new Peer((socket) -> socket.getInputStream().readAllBytes())) {
			service(UnaryOperator.identity(), silent.port(),
					(service) -> await().atMost(PATIENCE)
						.untilAsserted(() -> assertThat(output.getAll()).contains(" within 200 ms")),
					Map.of("eas.discovery.connect-timeout", "200ms", "eas.discovery.timeout", "30s"));
		}
		assertThat(output.getAll()).doesNotContain("The connection observed an error");
	}

	private static DisposableServer gateway(Certificate certificate, AtomicInteger connections) throws Exception {
		GenericSslContextSpec<?> server = certificate.server();
		return HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.secure((ssl) -> ssl.sslContext(server))
			.doOnChannelInit((observer, channel, address) -> connections.incrementAndGet())
			.handle((request, response) -> response.sendString(Mono.just("ok")))
			.bindNow();
	}

	private static void service(UnaryOperator<HttpClient> network, int port, Consumer<EasService> test,
			Map<String, Object> properties) {
		Map<String, Object> all = new HashMap<>(
				Map.of("eas.endpoint", "https://localhost:" + port, "eas.services.mnist.auth.scheme", "none",
						"eas.discovery.allow-any-interval", "true", "eas.discovery.interval", "100ms"));
		all.putAll(properties);
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("test", all));
		try (EasThreads threads = new EasThreads();
				EasService service = new EasServiceFactory(ClientCodecConfigurer::create, RetryRegistry.ofDefaults(),
						network, threads, (alias) -> ServiceListeners.NONE, Clock.systemUTC())
					.create("mnist",
							new EasServicesBinder(environment).bind("mnist").settings(ServiceOverrides.NONE))) {
			service.start();
			test.accept(service);
		}
	}

	/** A server that does as it likes with a connection. */
	private static final class Peer implements AutoCloseable {

		private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

		private final List<Socket> sockets = new CopyOnWriteArrayList<>();

		private final AtomicInteger closed = new AtomicInteger();

		Peer(Conversation conversation) throws IOException {
			Thread thread = new Thread(() -> accept(conversation), "tls-peer");
			thread.setDaemon(true);
			thread.start();
		}

		private void accept(Conversation conversation) {
			try {
				while (true) {
					Socket socket = this.listener.accept();
					this.sockets.add(socket);
					Thread thread = new Thread(() -> talk(conversation, socket), "tls-peer");
					thread.setDaemon(true);
					thread.start();
				}
			}
			catch (IOException ex) {
				// closed
			}
		}

		private void talk(Conversation conversation, Socket socket) {
			try (socket) {
				conversation.hold(socket);
			}
			catch (IOException ex) {
				// reset by the other side
			}
			this.closed.incrementAndGet();
		}

		int port() {
			return this.listener.getLocalPort();
		}

		int connections() {
			return this.sockets.size();
		}

		boolean areAllClosed() {
			return this.closed.get() == this.sockets.size();
		}

		@Override
		public void close() throws IOException {
			this.listener.close();
			for (Socket socket : this.sockets) {
				socket.close();
			}
		}

	}

	/** What happens on a connection before it is closed. */
	@FunctionalInterface
	private interface Conversation {

		void hold(Socket socket) throws IOException;

	}

}
