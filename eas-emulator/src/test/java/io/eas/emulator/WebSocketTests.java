package io.eas.emulator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * WebSockets through the gateway and the front of an instance, to a model that speaks
 * them.
 */
class WebSocketTests {

	private static final String PATH = "/api/predict/m/echo";

	private final EasEmulator eas = EasEmulator.builder()
		.service("m",
				(service) -> service.token("s3cret").instance((i) -> i.command(TestModel.java(WebSocketModel.class))))
		.build()
		.start();

	private final EmulatedInstance instance = this.eas.service("m").instance(0);

	private final HttpClient client = HttpClient.newHttpClient();

	private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

	@AfterEach
	void close() {
		this.eas.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void framesPassInBothDirections(boolean byGateway) throws Exception {
		WebSocket socket = open(byGateway ? this.eas.endpoint() : this.instance.address(), "s3cret");
		assertThat(socket.getSubprotocol()).isEqualTo("tokens");
		socket.sendText("who", true).join();
		assertThat(next()).isEqualTo("a browser");
		socket.sendText("once ", false).join();
		socket.sendText("upon a time", true).join();
		assertThat(next()).isEqualTo("once upon a time");
		String large = "x".repeat(3 * 1024 * 1024);
		socket.sendText(large, true).join();
		assertThat(next()).isEqualTo(large);
		socket.sendPing(ByteBuffer.allocate(4)).join();
		assertThat(next()).isEqualTo("pong of 4");
		socket.sendText("bye", true).join();
		assertThat(next()).isEqualTo("closed: 4001 enough");
		assertThat(this.instance.requests()).isEqualTo(1);
	}

	@Test
	void modelsRefusalOfAHandshakeReachesTheCaller() {
		assertRefused("/api/predict/m/none", "s3cret", 404);
	}

	@Test
	void handshakeNeedsTheToken() {
		assertRefused(PATH, "wrong", 401);
	}

	private void assertRefused(String path, String token, int status) {
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> open("ws://" + this.eas.endpoint() + path, token, "tokens"))
			.havingCause()
			.isInstanceOfSatisfying(WebSocketHandshakeException.class,
					(ex) -> assertThat(ex.getResponse().statusCode()).isEqualTo(status));
	}

	@Test
	void callerThatDisconnectsClosesTheConnectionToTheModel() throws Exception {
		WebSocket socket = open(this.eas.endpoint(), "s3cret");
		await().until(() -> openAtTheModel().equals("1"));
		socket.abort();
		await().until(() -> openAtTheModel().equals("0"));
	}

	private String openAtTheModel() throws Exception {
		return Http.send(Http.request(this.instance.address(), "/api/predict/m/open").header("Authorization", "s3cret"))
			.body();
	}

	@Test
	void endOfTheInstanceClosesTheSocket() throws Exception {
		open(this.eas.endpoint(), "s3cret");
		this.instance.kill();
		assertThat(next()).isEqualTo("closed: 1006 ");
	}

	@Test
	void instanceThatDoesNotListenIsABadGateway() {
		this.instance.refuse();
		assertRefused(PATH, "s3cret", 502);
	}

	@Test
	void otherUpgradesAreNotWebSockets() throws Exception {
		try (RawCall call = new RawCall(this.instance.port()).send("GET", "/api/predict/m/open", "Host: eas",
				"Authorization: s3cret", "Connection: Upgrade, HTTP2-Settings, close", "Upgrade: h2c",
				"HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA")) {
			assertThat(call.read(2000)).startsWith("HTTP/1.1 200 OK").endsWith("\r\n\r\n0");
		}
	}

	private WebSocket open(String address, String token) {
		return open("ws://" + address + PATH, token, "tokens");
	}

	private WebSocket open(String uri, String token, String protocol) {
		return this.client.newWebSocketBuilder()
			.header("Authorization", token)
			.header("X-Caller", "a browser")
			.subprotocols("other", protocol)
			.connectTimeout(Duration.ofSeconds(10))
			.buildAsync(URI.create(uri), new Received())
			.join();
	}

	private String next() throws InterruptedException {
		String next = this.received.poll(30, TimeUnit.SECONDS);
		assertThat(next).as("nothing came").isNotNull();
		return next;
	}

	/** Puts what comes into words. */
	private final class Received implements WebSocket.Listener {

		private final StringBuilder text = new StringBuilder();

		@Override
		public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
			this.text.append(part);
			if (last) {
				tell(this.text.toString());
				this.text.setLength(0);
			}
			return WebSocket.Listener.super.onText(socket, part, last);
		}

		@Override
		public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
			tell("pong of " + message.remaining());
			return WebSocket.Listener.super.onPong(socket, message);
		}

		@Override
		public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
			tell("closed: " + status + " " + reason);
			return WebSocket.Listener.super.onClose(socket, status, reason);
		}

		@Override
		public void onError(WebSocket socket, Throwable ex) {
			tell("failed: " + ((ex instanceof IOException) ? ex.getMessage() : ex));
		}

		private void tell(String what) {
			WebSocketTests.this.received.add(what);
		}

	}

}
