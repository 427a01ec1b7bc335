package io.eas.discovery.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.eas.discovery.probe.ProbeResult.Discarded;
import io.eas.discovery.probe.ProbeResult.Failed;
import io.eas.discovery.probe.ProbeResult.Passed;
import io.eas.http.EasChannels;
import io.eas.instance.EasInstance;
import io.eas.test.RawServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.LoopResources;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a GET makes of what servers do.
 */
class HttpGetProberTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final Duration TIMEOUT = Duration.ofSeconds(1);

	/** Time limits end when the test says so. */
	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	@ParameterizedTest
	@ValueSource(ints = { 200, 204, 299, 300, 304, 399 })
	void passesFrom200To399(int status) throws Exception {
		assertThat(probe((socket, request) -> RawServer.send(socket, status(status))))
			.isEqualTo(new Passed("GET / answered " + status, false));
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 404, 500, 503, 599 })
	void failsFrom400(int status) throws Exception {
		assertThat(probe((socket, request) -> RawServer.send(socket, status(status))))
			.isEqualTo(new Failed("GET / answered " + status));
	}

	@ParameterizedTest
	@ValueSource(ints = { 100, 102, 103 })
	void interimResponsesAreSkipped(int interim) throws Exception {
		assertThat(probe((socket, request) -> {
			RawServer.send(socket, "HTTP/1.1 " + interim + " X\r\n\r\n");
			RawServer.send(socket, status(503));
		})).isEqualTo(new Failed("GET / answered 503"));
		assertThat(probe((socket, request) -> RawServer.send(socket, "HTTP/1.1 103 X\r\n\r\n" + status(200))))
			.isEqualTo(new Passed("GET / answered 200", false));
	}

	@Test
	void requestHasNoCredentialsAndItsOwnConnection() throws Exception {
		try (RawServer server = RawServer.answering(status(200))) {
			probe("/readyz?verbose=1", server.port());
			await().until(server.closed()::isDone);
			probe("/readyz?verbose=1", server.port());
			assertThat(server.requests()).hasSize(2)
				.last()
				.asString()
				.startsWith("GET /readyz?verbose=1 HTTP/1.1\r\n")
				.containsIgnoringCase("user-agent: eas-probe/1\r\n")
				.containsIgnoringCase("connection: close\r\n")
				.containsIgnoringCase("host: 127.0.0.1:" + server.port() + "\r\n")
				.doesNotContainIgnoringCase("authorization")
				.doesNotContainIgnoringCase("cookie");
		}
	}

	@Test
	void usesAnotherPortIfConfigured() throws Exception {
		try (RawServer server = RawServer.answering(status(200))) {
			HttpGetProber prober = new HttpGetProber(HttpClient.newConnection(), "/", server.port(), TIMEOUT,
					this.time);
			assertThat(prober.probe(at(1)).block(PATIENCE)).isEqualTo(new Passed("GET / answered 200", false));
		}
	}

	@Test
	void followsRedirectsOnTheSameHost() throws Exception {
		try (RawServer server = RawServer.start(HttpGetProberTests::chain)) {
			assertThat(probe("/1", server.port()))
				.isEqualTo(new Passed("GET /1 answered 204 after redirects: 1", false));
			assertThat(probe("/10", server.port()))
				.isEqualTo(new Passed("GET /10 answered 204 after redirects: 10", false));
		}
	}

	@Test
	void givesUpAfterTenRedirects() throws Exception {
		try (RawServer server = RawServer.start(HttpGetProberTests::chain)) {
			assertThat(probe("/11", server.port())).isEqualTo(new Failed("GET /11: more than 10 redirects"));
			assertThat(server.requests()).hasSize(11);
		}
	}

	@Test
	void redirectToAnotherPortOfTheSameHostIsFollowed() throws Exception {
		try (RawServer other = RawServer.answering(status(500))) {
			assertThat(probe(
					(socket, request) -> RawServer.send(socket, redirect("http://127.0.0.1:" + other.port() + "/x"))))
				.isEqualTo(new Failed("GET / answered 500 after redirects: 1"));
			assertThat(other.requests()).hasSize(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://model.example/login", "//model.example/login", "https://127.0.0.2/login",
			"http://my_model/login" })
	void redirectToAnotherHostPassesAsDubious(String elsewhere) throws Exception {
		ProbeResult result = probe((socket, request) -> RawServer.send(socket, redirect(elsewhere)));
		assertThat(result).isInstanceOfSatisfying(Passed.class, (passed) -> assertThat(passed.dubious()).isTrue());
		assertThat(result.detail()).startsWith("GET / was redirected to another host, ")
			.endsWith("/login: not followed, and counted as passed");
	}

	@Test
	void redirectWithoutLocationPasses() throws Exception {
		assertThat(probe((socket, request) -> RawServer.send(socket, status(302))))
			.isEqualTo(new Passed("GET / answered 302", false));
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://[/", "ftp://127.0.0.1/", "http://127.0.0.1:99999/" })
	void aRedirectThatCannotBeFollowedFails(String location) throws Exception {
		assertThat(probe((socket, request) -> RawServer.send(socket, redirect(location)))).isInstanceOf(Failed.class);
	}

	@Test
	void responseThatIsNotHttpFails() throws Exception {
		ProbeResult result = probe((socket, request) -> RawServer.send(socket, "SSH-2.0-OpenSSH_9.6\r\n\r\n"));
		assertThat(result).isInstanceOf(Failed.class);
		assertThat(result.detail()).startsWith("GET /: the answer isn't HTTP: ");
	}

	@Test
	void missingResponseFailsAfterTheTimeoutAndClosesTheConnection() throws Exception {
		try (RawServer server = RawServer.answering("")) {
			assertThat(probeUntilTheTimeIsOver(server, 1))
				.isEqualTo(new Failed("GET /: no whole answer within 1000 ms"));
			await().until(server.closed()::isDone);
		}
	}

	@Test
	void timeoutCoversRedirectsAndBodies() throws Exception {
		String begun = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nslow";
		try (RawServer server = RawServer.start((socket, request) -> RawServer.send(socket,
				request.startsWith("GET / ") ? redirect("/slow") : begun))) {
			assertThat(probeUntilTheTimeIsOver(server, 2))
				.isEqualTo(new Failed("GET /: no whole answer within 1000 ms"));
		}
	}

	@Test
	void closedPortFailsAsRefused() throws Exception {
		assertThat(probe("/", closedPort())).isEqualTo(new Failed("GET /: connection refused"));
	}

	@Test
	void connectionClosedBeforeTheResponseFails() throws Exception {
		assertThat(probe((socket, request) -> socket.close()))
			.isEqualTo(new Failed("GET /: connection closed before the answer was complete"));
	}

	@Test
	void incompleteResponseFails() throws Exception {
		assertThat(probe((socket, request) -> {
			RawServer.send(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf");
			socket.close();
		})).isEqualTo(new Failed("GET /: connection closed before the answer was complete"));
	}

	@Test
	void responseThatIsResetFails() throws Exception {
		ProbeResult result = probe((socket, request) -> {
			RawServer.send(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf");
			socket.setSoLinger(true, 0);
			socket.close();
		});
		assertThat(result).isInstanceOf(Failed.class);
		assertThat(result.detail()).startsWith("GET /: connection ");
	}

	@Test
	void responseWithoutLengthEndsWithTheConnection() throws Exception {
		assertThat(probe((socket, request) -> {
			RawServer.send(socket, "HTTP/1.1 200 OK\r\n\r\nhello");
			socket.shutdownOutput();
		})).isEqualTo(new Passed("GET / answered 200", false));
	}

	@Test
	void readsOnlyTheBeginningOfAnEndlessBody() throws Exception {
		try (RawServer server = RawServer.start((socket, request) -> {
			RawServer.send(socket, "HTTP/1.1 200 OK\r\n\r\n");
			while (true) {
				RawServer.send(socket, "x".repeat(1024));
			}
		})) {
			assertThat(probe("/", server.port())).isEqualTo(new Passed("GET / answered 200", false));
			await().until(server.closed()::isDone);
		}
	}

	@Test
	void waitsForNoMoreThanTenKibibytes() throws Exception {
		assertThat(probe((socket, request) -> RawServer.send(socket,
				"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" + "x".repeat(10 * 1024))))
			.isEqualTo(new Passed("GET / answered 200", false));
	}

	@Test
	void cancellingClosesTheConnection() throws Exception {
		try (RawServer server = RawServer.answering("")) {
			Disposable check = prober("/").probe(at(server.port())).subscribe();
			await().until(() -> !server.requests().isEmpty());
			check.dispose();
			await().until(server.closed()::isDone);
		}
	}

	@Test
	void serverThatDoesNotAcceptConnectionsFailsAfterTheTimeout() throws Exception {
		try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				Socket first = new Socket(full.getInetAddress(), full.getLocalPort());
				Socket second = new Socket(full.getInetAddress(), full.getLocalPort())) {
			assertThat(first.isConnected() && second.isConnected()).isTrue();
			CompletableFuture<ProbeResult> check = prober("/").probe(at(full.getLocalPort())).toFuture();
			this.time.advanceTimeBy(TIMEOUT);
			assertThat(check.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
				.isEqualTo(new Failed("GET /: no whole answer within 1000 ms"));
		}
	}

	@Test
	void aHostThatDoesNotResolveFails() {
		assertThat(prober("/").probe(new EasInstance("no_such_host.invalid", 80, 1)).block(PATIENCE))
			.isInstanceOf(Failed.class);
	}

	@Test
	void checksThatCannotBeCarriedOutAreNotFailures() {
		LoopResources ended = LoopResources.create("ended", 1, true);
		HttpClient client = HttpClient.newConnection().runOn(ended);
		ended.onClient(false);
		ended.disposeLater(Duration.ZERO, Duration.ofSeconds(5)).block(PATIENCE);
		ProbeWorker worker = new ProbeWorker(at(1), new HttpGetProber(client, "/", null, TIMEOUT, this.time),
				new Threshold(1, 1), (change) -> {
				});
		worker.tick().block(PATIENCE);
		assertThat(worker.tally().last()).isInstanceOf(Discarded.class);
		assertThat(worker.tally().verdict()).isEqualTo(Verdict.UNPROVEN);
	}

	private HttpGetProber prober(String path) {
		HttpClient client = new EasChannels().track(HttpClient.newConnection());
		return new HttpGetProber(client, path, null, TIMEOUT, this.time);
	}

	private ProbeResult probe(String path, int port) {
		return prober(path).probe(at(port)).block(PATIENCE);
	}

	private ProbeResult probe(RawServer.Behaviour behaviour) throws IOException {
		try (RawServer server = RawServer.start(behaviour)) {
			return probe("/", server.port());
		}
	}

	/** The time is over once so many requests have come. */
	private ProbeResult probeUntilTheTimeIsOver(RawServer server, int requests) throws Exception {
		CompletableFuture<ProbeResult> check = prober("/").probe(at(server.port())).toFuture();
		await().until(() -> server.requests().size() == requests);
		this.time.advanceTimeBy(TIMEOUT.minusMillis(1));
		assertThat(check).isNotDone();
		this.time.advanceTimeBy(Duration.ofMillis(1));
		return check.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
	}

	static EasInstance at(int port) {
		return new EasInstance("127.0.0.1", port, 100);
	}

	/** A port where somebody listened a moment ago. */
	static int closedPort() throws IOException {
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return server.getLocalPort();
		}
	}

	private static String status(int status) {
		return "HTTP/1.1 " + status + " Some Reason\r\nContent-Length: 0\r\n\r\n";
	}

	private static String redirect(String location) {
		return "HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n";
	}

	/** Answers /n with a redirect to /n-1, and /0 with 204. */
	private static void chain(Socket socket, String request) throws IOException {
		int left = Integer.parseInt(request.substring("GET /".length(), request.indexOf(" HTTP")));
		RawServer.send(socket, (left == 0) ? status(204) : redirect("/" + (left - 1)));
	}

}
