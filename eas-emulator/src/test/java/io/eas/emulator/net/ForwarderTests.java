package io.eas.emulator.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.eas.test.RawServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Each request gets its own answer, whatever a process sends on a kept connection.
 */
class ForwarderTests {

	/**
	 * More than Linux keeps of what is sent, so that it isn't written while nobody reads.
	 */
	private static final byte[] LARGE = new byte[16 * 1024 * 1024];

	private static final String FOREIGN = "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nforeign";

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final Network network = new Network();

	private final Forwarder forwarder = new Forwarder(this.network);

	private volatile int port;

	private final Listener front = new Listener(this.network, PortPool.loopback(0), (request, response) -> WireRequest
		.read(request)
		.flatMap((whole) -> this.forwarder.forward(this.port, whole, response, ResponseWriter.streaming(response)))
		.onErrorResume((ex) -> broken(response, ex)));

	private static Mono<Void> broken(HttpServerResponse response, Throwable ex) {
		return response.status((ex instanceof ProtocolException) ? 502 : 504)
			.sendString(Mono.just(String.valueOf(ex.getMessage())))
			.then();
	}

	@BeforeEach
	void open() {
		this.front.open();
	}

	@AfterEach
	void close() {
		this.front.release();
		this.network.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /ü/中?q=é|{}^ HTTP/1.1\r\nHost: eas\r\n\r\n",
			"DELETE /a%zz?%%20 HTTP/1.1\r\nHost: eas:80\r\nX-A: b\r\nX-A: c\r\n\r\n",
			"POST /a HTTP/1.1\r\nHost: eas\r\ncontent-length: 0\r\n\r\n" })
	void requestIsForwardedUnchanged(String request) throws Exception {
		BlockingQueue<String> heads = new LinkedBlockingQueue<>();
		try (RawServer process = RawServer.keepingConnections((socket, head) -> {
			heads.add(head);
			RawServer.send(socket, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
		}); Socket caller = new Socket(InetAddress.getLoopbackAddress(), this.front.port())) {
			this.port = process.port();
			caller.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
			String head = heads.poll(20, TimeUnit.SECONDS);
			assertThat(head).isNotNull();
			assertThat(new String(head.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8).strip())
				.isEqualTo(request.strip());
		}
	}

	@Test
	void interimResponsesAreSkipped() throws Exception {
		try (RawServer process = RawServer.keepingConnections((socket, request) -> {
			RawServer.send(socket, "HTTP/1.1 103 X\r\nLink: </a>\r\n\r\nHTTP/1.1 102 X\r\n\r\n");
			RawServer.pause(100);
			RawServer.send(socket, answer(request));
		})) {
			assertEachGetsItsOwn(process, 5);
			assertThat(process.connections()).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { FOREIGN, FOREIGN + FOREIGN, "HTTP/1.1 103 X\r\n\r\n" + FOREIGN, "garbage", "H", "\r\n",
			"HTTP/1.1 500 X\r\nX-Part: ", "HTTP/1.1 200 OK\r\nContent-Length: 70\r\n\r\n" })
	void bytesAfterAResponseAreNotTakenForTheNextOne(String surplus) throws Exception {
		try (RawServer process = RawServer
			.keepingConnections((socket, request) -> RawServer.send(socket, answer(request) + surplus))) {
			assertEachGetsItsOwn(process, 5);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { FOREIGN, "H", "HTTP/1.1 500 X\r\nX-Part: " })
	void unsolicitedBytesCloseTheConnection(String unasked) throws Exception {
		try (RawServer process = RawServer.keepingConnections((socket, request) -> {
			RawServer.send(socket, answer(request));
			RawServer.pause(100);
			RawServer.send(socket, unasked);
		})) {
			assertEachGetsItsOwn(process, 1);
			await().until(process.closed()::isDone);
			assertEachGetsItsOwn(process, 1);
			assertThat(process.connections()).isEqualTo(2);
		}
	}

	@Test
	void connectionWithAnUnfinishedRequestIsNotReused() throws Exception {
		try (RawServer process = RawServer.keepingConnections((socket, request) -> {
			if (request.startsWith("POST")) {
				RawServer.send(socket, "HTTP/1.1 413 X\r\nContent-Length: 9\r\n\r\ntoo large");
				RawServer.pause(300);
				socket.close();
			}
			else {
				RawServer.send(socket, answer(request));
			}
		})) {
			for (int i = 0; i < 3; i++) {
				assertThat(upload(process).statusCode()).isEqualTo(413);
				assertEachGetsItsOwn(process, 2);
			}
		}
	}

	@RepeatedTest(5)
	void responseThatHasArrivedWinsOverAReset() throws Exception {
		try (RawServer process = RawServer.start((socket, request) -> {
			RawServer.send(socket, "HTTP/1.1 413 X\r\nContent-Length: 9\r\n\r\ntoo large");
			RawServer.pause(20);
			socket.setSoLinger(true, 0);
			socket.close();
		})) {
			HttpResponse<String> response = upload(process);
			assertThat(response.statusCode()).isEqualTo(413);
			assertThat(response.body()).isEqualTo("too large");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 101 X\r\nUpgrade: x\r\n\r\n", "HTTP/1.1 1001 X\r\nContent-Length: 0\r\n\r\n",
			"HTTP/1.1 099 X\r\nContent-Length: 0\r\n\r\n", "SSH-2.0-OpenSSH_9.6\r\n\r\n",
			"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n" })
	void invalidResponseFailsWithAReason(String head) throws Exception {
		AtomicInteger count = new AtomicInteger();
		try (RawServer process = RawServer.keepingConnections(
				(socket, request) -> RawServer.send(socket, (count.getAndIncrement() == 1) ? head : answer(request)))) {
			assertEachGetsItsOwn(process, 1);
			HttpResponse<String> response = get(process, "/no-answer");
			assertThat(response.statusCode()).isEqualTo(502);
			assertThat(response.body()).isNotBlank();
			assertEachGetsItsOwn(process, 2);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "HTTP/1.1 2", "HTTP/1.1 200 OK\r\nX-A", "HTTP/1.1 200 OK\r\nX-A: b\r\n" })
	void connectionClosedWithinTheHeadersIsBrokenButHttp(String begin) throws Exception {
		try (RawServer process = RawServer.start((socket, request) -> {
			RawServer.send(socket, begin);
			socket.close();
		})) {
			assertThat(get(process, "/broken").statusCode()).isEqualTo(504);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "204 No Content", "304 Not Modified" })
	void statusesWithoutABodyHaveNone(String status) throws Exception {
		try (RawServer process = RawServer
			.keepingConnections((socket, request) -> RawServer.send(socket, request.startsWith("GET /none")
					? "HTTP/1.1 " + status + "\r\nContent-Length: 7\r\n\r\nforeign" : answer(request)))) {
			assertThat(get(process, "/none").body()).isEmpty();
			assertEachGetsItsOwn(process, 3);
		}
	}

	@Test
	void responseToHeadHasNoBody() throws Exception {
		try (RawServer process = RawServer
			.keepingConnections((socket, request) -> RawServer.send(socket, request.startsWith("HEAD")
					? answer(request).replaceFirst("\r\n\r\n.*", "\r\n\r\n") : answer(request)))) {
			this.port = process.port();
			HttpResponse<String> response = send(request("/head").method("HEAD", BodyPublishers.noBody()));
			assertThat(response.headers().firstValueAsLong("Content-Length")).hasValue("/head".length());
			assertEachGetsItsOwn(process, 3);
			assertThat(process.connections()).isEqualTo(1);
		}
	}

	private void assertEachGetsItsOwn(RawServer process, int calls) throws Exception {
		for (int i = 0; i < calls; i++) {
			assertThat(get(process, "/call-" + i).body()).isEqualTo("/call-" + i);
		}
	}

	private HttpResponse<String> get(RawServer process, String path) throws Exception {
		this.port = process.port();
		return send(request(path));
	}

	private HttpResponse<String> upload(RawServer process) throws Exception {
		this.port = process.port();
		return send(request("/upload").POST(BodyPublishers.ofByteArray(LARGE)));
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return this.client.send(request.build(), BodyHandlers.ofString());
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://" + Loopback.address(this.front.port()) + path))
			.timeout(Duration.ofSeconds(20));
	}

	private static String answer(String head) {
		String path = head.split(" ")[1];
		return "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + path.length() + "\r\n\r\n" + path;
	}

}
