package io.eas.ai;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.eas.Eas;
import io.eas.client.EasClients;
import io.eas.client.EasCodecException;
import io.eas.client.EasConnectionException;
import io.eas.client.auth.AuthScheme;
import io.eas.service.ServiceSettings.Mode;
import io.eas.test.RawServer;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * Calls of OkHttp to the host of an alias are calls of its client.
 */
class AliasInterceptorTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final String TOKEN = "c2VjcmV0";

	private static final String EVENT = "data: {\"choices\":[{\"delta\":{\"content\":\"hi\"}}]}\n\n";

	private final CompletableFuture<Void> left = new CompletableFuture<>();

	private RawServer server;

	private EasClients clients;

	private OkHttpClient http;

	private void start(RawServer.Behaviour behaviour) {
		this.server = RawServer.start(behaviour);
		this.clients = Eas.builder()
			.authScheme(AuthScheme.BEARER)
			.token(TOKEN)
			.mode(Mode.STATIC)
			.instances("127.0.0.1:" + this.server.port())
			.http((http) -> http.maxInMemorySize(DataSize.ofKilobytes(64))
				.maxConnectionsPerInstance(200)
				.responseTimeout(PATIENCE)
				.requestTimeout(PATIENCE))
			.retry((retry) -> retry.maxAttempts(1))
			.service("llm", (service) -> service.serviceName("qwen_chat"))
			.service("hasty", (service) -> service.http((http) -> http.responseTimeout(Duration.ofMillis(2300))))
			.build();
		this.http = new OkHttpClient.Builder().addInterceptor(new AliasInterceptor(this.clients, () -> null)).build();
	}

	@AfterEach
	void close() throws Exception {
		this.http.dispatcher().executorService().shutdown();
		this.clients.close();
		this.server.close();
	}

	private Call call(String url) {
		return this.http.newCall(request(url).build());
	}

	private static Request.Builder request(String url) {
		return new Request.Builder().url(url)
			.header("Authorization", "Bearer sk-foreign")
			.header("Accept", "text/event-stream")
			.post(RequestBody.create("{\"model\":\"qwen\"}", MediaType.get("application/json")));
	}

	private static void sendHeaders(Socket socket, String type) throws IOException {
		RawServer.send(socket, "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nTransfer-Encoding: chunked\r\n\r\n");
	}

	private static void sendEvent(Socket socket) throws IOException {
		RawServer.send(socket, Integer.toHexString(EVENT.length()) + "\r\n" + EVENT + "\r\n");
	}

	/** Waits until the other side has closed the connection. */
	private void awaitEnd(Socket socket) throws IOException {
		try {
			while (socket.getInputStream().read() != -1) {
				// the body of the request
			}
		}
		finally {
			this.left.complete(null);
		}
	}

	private void awaitLeft() throws Exception {
		this.left.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
	}

	private static void answer(Socket socket, int status, String body) throws IOException {
		RawServer.send(socket, "HTTP/1.1 " + status + " x\r\nContent-Type: application/json\r\nContent-Length: "
				+ body.length() + "\r\nX-Answer: yes\r\n\r\n" + body);
	}

	/** Acts on another thread once this one waits for more of a body. */
	private static CompletableFuture<Void> onceWaiting(Runnable action) {
		Thread reader = Thread.currentThread();
		return CompletableFuture.runAsync(() -> {
			await().atMost(PATIENCE).until(() -> waits(reader));
			action.run();
		});
	}

	private static boolean waits(Thread reader) {
		return reader.getState() == Thread.State.TIMED_WAITING && Arrays.stream(reader.getStackTrace())
			.anyMatch((frame) -> frame.getClassName().equals(AliasBody.class.getName())
					&& frame.getMethodName().equals("take"));
	}

	@Test
	void callHasTheTokenOfTheServiceAndNotTheApiKey() throws Exception {
		start((socket, request) -> answer(socket, 200, "{}"));
		try (Response response = call("http://llm/v1/chat/completions?a=b").execute()) {
			assertThat(response.code()).isEqualTo(200);
			assertThat(response.header("X-Answer")).isEqualTo("yes");
			assertThat(response.body().contentType()).hasToString("application/json");
			assertThat(response.body().string()).isEqualTo("{}");
		}
		assertThat(this.server.requests()).singleElement()
			.asString()
			.startsWith("POST /api/predict/qwen_chat/v1/chat/completions?a=b HTTP/1.1")
			.containsIgnoringCase("authorization: Bearer " + TOKEN)
			.containsIgnoringCase("content-type: application/json")
			.doesNotContain("sk-foreign");
	}

	@Test
	void callToAnotherHostIsLeftAlone() throws Exception {
		start((socket, request) -> answer(socket, 200, "{}"));
		try (Response response = call("http://127.0.0.1:" + this.server.port() + "/v1/chat").execute()) {
			assertThat(response.code()).isEqualTo(200);
		}
		assertThat(this.server.requests()).singleElement()
			.asString()
			.startsWith("POST /v1/chat HTTP/1.1")
			.contains("sk-foreign")
			.doesNotContain(TOKEN);
	}

	@Test
	void errorResponseIsPassedOnAndNotToBeRepeated() throws Exception {
		start((socket, request) -> answer(socket, 429, "{\"error\":{}}"));
		try (Response response = call("http://llm/v1/chat").execute()) {
			assertThat(response.code()).isEqualTo(429);
			assertThat(response.header("X-Should-Retry")).isEqualTo("false");
			assertThat(response.body().string()).isEqualTo("{\"error\":{}}");
		}
	}

	@Test
	void headersOfAStreamComeBeforeItsFirstEvent() throws Exception {
		CompletableFuture<Void> headed = new CompletableFuture<>();
		start((socket, request) -> {
			sendHeaders(socket, "text/event-stream");
			headed.join();
			sendEvent(socket);
			RawServer.send(socket, "0\r\n\r\n");
		});
		try (Response response = call("http://llm/v1/chat").execute()) {
			headed.complete(null);
			assertThat(response.body().string()).isEqualTo(EVENT);
		}
	}

	@Test
	void streamThatBreaksOffSaysHowMuchHasCome() throws Exception {
		start((socket, request) -> {
			sendHeaders(socket, "text/event-stream");
			sendEvent(socket);
			sendEvent(socket);
			socket.close();
		});
		try (Response response = call("http://llm/v1/chat").execute()) {
			assertThatIOException().isThrownBy(() -> response.body().string())
				.withMessageStartingWith("llm")
				.withMessageEndingWith("; received before: 2 events, " + 2 * EVENT.length() + " bytes")
				.havingCause()
				.isInstanceOf(EasConnectionException.class);
		}
	}

	@Test
	void cancellingTheCallFreesTheInstanceThatHasNotAnswered() throws Exception {
		start((socket, request) -> awaitEnd(socket));
		Call call = call("http://llm/v1/chat");
		CompletableFuture<IOException> failure = new CompletableFuture<>();
		call.enqueue(failing(failure));
		await().atMost(PATIENCE).until(() -> !this.server.requests().isEmpty());
		call.cancel();
		awaitLeft();
		assertThat(failure.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).hasMessage("Canceled");
	}

	@Test
	void cancellingTheCallFreesTheInstanceWhileTheBodyIsRead() throws Exception {
		start((socket, request) -> {
			sendHeaders(socket, "text/event-stream");
			awaitEnd(socket);
		});
		Call call = call("http://llm/v1/chat");
		try (Response response = call.execute()) {
			CompletableFuture<Void> cancelled = onceWaiting(call::cancel);
			assertThatIOException().isThrownBy(() -> response.body().string()).withMessage("Canceled");
			cancelled.join();
		}
		awaitLeft();
	}

	@Test
	void closingTheBodyFreesTheInstanceAndItsReader() throws Exception {
		start((socket, request) -> {
			sendHeaders(socket, "text/event-stream");
			sendEvent(socket);
			awaitEnd(socket);
		});
		Response response = call("http://llm/v1/chat").execute();
		response.body().source().readUtf8(EVENT.length());
		CompletableFuture<Void> closed = onceWaiting(response::close);
		assertThatThrownBy(() -> response.body().source().readUtf8(1)).hasMessage("closed");
		closed.join();
		awaitLeft();
	}

	@Test
	void interruptingTheThreadFreesTheInstance() throws Exception {
		start((socket, request) -> awaitEnd(socket));
		CompletableFuture<Throwable> failure = new CompletableFuture<>();
		Thread caller = new Thread(() -> {
			try (Response response = call("http://llm/v1/chat").execute()) {
				failure.completeExceptionally(new AssertionError(response));
			}
			catch (Exception ex) {
				failure.complete(Thread.currentThread().isInterrupted() ? ex : new AssertionError(ex));
			}
		});
		caller.start();
		await().atMost(PATIENCE).until(() -> !this.server.requests().isEmpty());
		caller.interrupt();
		assertThat(failure.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(InterruptedIOException.class)
			.hasMessageStartingWith("llm: the thread was interrupted");
		awaitLeft();
		caller.join();
	}

	@Test
	void timeLimitsAreThoseOfTheService() throws Exception {
		start((socket, request) -> {
			if (request.contains("/v1/models")) {
				answer(socket, 200, "{}");
			}
			awaitEnd(socket);
		});
		// what takes long the first time; the next call must reach the interceptor within
		// its limit
		call("http://llm/v1/models").execute().close();
		Call call = this.http.newBuilder()
			.callTimeout(Duration.ofSeconds(2))
			.build()
			.newCall(request("http://hasty/v1/chat").removeHeader("Accept").build());
		assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(call::execute)
			.withMessageContaining("2300 ms (http.response-timeout)");
	}

	@Test
	void bodyAboveTheLimitFailsTheCall() {
		start((socket, request) -> answer(socket, 200, "{}"));
		Call call = this.http.newCall(request("http://llm/v1/chat")
			.post(RequestBody.create(new byte[65_537], MediaType.get("application/json")))
			.build());
		assertThatIOException().isThrownBy(call::execute)
			.havingCause()
			.isInstanceOf(EasCodecException.class)
			.withMessageContaining("has 65537 bytes, more than the limit of 65536 bytes (http.max-in-memory-size)");
		assertThat(this.server.requests()).isEmpty();
	}

	@Test
	void limitOfOkHttpIsRaisedToTheConnectionsOfTenInstances() throws Exception {
		start((socket, request) -> answer(socket, 200, "{}"));
		call("http://llm/v1/chat").execute().close();
		assertThat(this.http.dispatcher().getMaxRequests()).isEqualTo(2000);
		assertThat(this.http.dispatcher().getMaxRequestsPerHost()).isEqualTo(2000);
	}

	@Test
	void limitThatTheApplicationSetsStays() throws Exception {
		start((socket, request) -> answer(socket, 200, "{}"));
		this.http.dispatcher().setMaxRequests(10);
		call("http://llm/v1/chat").execute().close();
		assertThat(this.http.dispatcher().getMaxRequests()).isEqualTo(10);
		assertThat(this.http.dispatcher().getMaxRequestsPerHost()).isEqualTo(5);
	}

	@Test
	void moreCallsMayWaitThanOkHttpStartsByItself() throws Exception {
		AtomicInteger failed = new AtomicInteger();
		start((socket, request) -> awaitEnd(socket));
		for (int n = 0; n < 100; n++) {
			call("http://llm/v1/chat").enqueue(new Callback() {

				@Override
				public void onFailure(Call call, IOException ex) {
					failed.incrementAndGet();
				}

				@Override
				public void onResponse(Call call, Response response) {
					response.close();
				}

			});
		}
		await().atMost(PATIENCE).until(() -> this.server.requests().size() == 100);
		this.http.dispatcher().cancelAll();
		await().atMost(PATIENCE).until(() -> failed.get() == 100);
	}

	private static Callback failing(CompletableFuture<IOException> failure) {
		return new Callback() {

			@Override
			public void onFailure(Call call, IOException ex) {
				failure.complete(ex);
			}

			@Override
			public void onResponse(Call call, Response response) {
				response.close();
				failure.completeExceptionally(new AssertionError(response));
			}

		};
	}

}
