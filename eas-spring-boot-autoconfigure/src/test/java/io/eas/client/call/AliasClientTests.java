package io.eas.client.call;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.eas.Eas;
import io.eas.client.EasClients;
import io.eas.client.EasCodecException;
import io.eas.client.EasConnectionException;
import io.eas.client.EasNoInstanceException;
import io.eas.client.EasTimeoutException;
import io.eas.client.auth.AuthScheme;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedRequest;
import io.eas.emulator.EmulatedResponse;
import io.eas.http.EncodedBody;
import io.eas.service.EasServices;
import io.eas.service.ServiceSettings.Mode;
import io.eas.test.RawServer;
import io.netty.util.HashedWheelTimer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.reactive.ClientHttpResponse;
import org.springframework.util.unit.DataSize;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.reactive.function.client.WebClientResponseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * The {@code WebClient} and {@code RestClient} of an alias make the calls of its client.
 */
class AliasClientTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final String TOKEN = "c2VjcmV0";

	private final EasEmulator eas = EasEmulator.builder()
		.admin(false)
		.service("mnist",
				(service) -> service.token(TOKEN).instances(2, (instance) -> instance.handler(AliasClientTests::echo)))
		.build()
		.start();

	private EasClients clients = local().service("mnist").build();

	private static Mono<EmulatedResponse> echo(EmulatedRequest request) {
		String said = request.method() + " " + request.uri() + " " + new String(request.body(), StandardCharsets.UTF_8);
		if (request.path().endsWith("/never")) {
			return Mono.never();
		}
		return Mono.just(request.path().endsWith("/json") ? EmulatedResponse.json(200, "{\"digit\":7}")
				: request.path().endsWith("/moved")
						? EmulatedResponse.text(302, "elsewhere").withHeader("Location", "http://127.0.0.1:1/")
						: request.path().endsWith("/cookie")
								? EmulatedResponse.text(200, String.valueOf(request.header("Cookie")))
									.withHeader("Set-Cookie", "a=b; Path=/; Max-Age=5")
								: EmulatedResponse.text(200, said));
	}

	private Eas.Builder local() {
		return Eas.builder()
			.endpoint(this.eas.endpoint())
			.token(TOKEN)
			.discovery((discovery) -> discovery.allowedNetworks("127.0.0.0/8"));
	}

	@AfterEach
	void close() {
		this.clients.close();
		this.eas.close();
	}

	private void use(Eas.Builder settings) {
		this.clients.close();
		this.clients = settings.build();
	}

	private WebClient webClient() {
		return this.clients.webClient("mnist");
	}

	/** What a caller does with either client: posts a text and waits for the answer. */
	static Stream<Named<Function<AliasClientTests, Post>>> kinds() {
		return Stream.of(
				Named.of("WebClient",
						(test) -> (uri, body) -> test.webClient()
							.post()
							.uri(uri)
							.bodyValue(body)
							.retrieve()
							.bodyToMono(String.class)
							.block(PATIENCE)),
				Named.of("RestClient",
						(test) -> (uri, body) -> test.clients.restClient("mnist")
							.post()
							.uri(uri)
							.body(body)
							.retrieve()
							.body(String.class)),
				Named.of("RestTemplate", (test) -> (uri, body) -> new RestTemplate(test.clients.requestFactory("mnist"))
					.postForObject(uri, body, String.class)));
	}

	@ParameterizedTest
	@MethodSource("kinds")
	void callsAreSignedAndGoBelowThePrefix(Function<AliasClientTests, Post> kind) {
		// the emulator refuses calls without a valid signature
		assertThat(kind.apply(this).post("http://mnist/v1/x?a=b c", "hello"))
			.isEqualTo("POST /api/predict/mnist/v1/x?a=b%20c hello");
		assertThat(kind.apply(this).post("http://mnist", "hello")).isEqualTo("POST /api/predict/mnist hello");
	}

	@ParameterizedTest
	@MethodSource("kinds")
	void callsAreTriedAgainOnAnotherInstance(Function<AliasClientTests, Post> kind) {
		this.eas.service("mnist").instance(0).status(503);
		for (int n = 0; n < 10; n++) {
			assertThat(kind.apply(this).post("http://mnist/x", "hello")).endsWith("hello");
		}
		assertThat(this.eas.service("mnist").instance(0).answers()).containsKey(503);
	}

	@ParameterizedTest
	@MethodSource("kinds")
	void anInstanceThatIsGoneFailsNoCall(Function<AliasClientTests, Post> kind) {
		this.eas.service("mnist").instance(0).refuse();
		for (int n = 0; n < 10; n++) {
			assertThat(kind.apply(this).post("http://mnist/x", "hello")).endsWith("hello");
		}
	}

	@ParameterizedTest
	@MethodSource("kinds")
	void anotherHostIsRefused(Function<AliasClientTests, Post> kind) {
		for (String uri : List.of("http://127.0.0.1:1/x", "https://mnist/x", "http://mnist:80/x",
				"http://me@mnist/x")) {
			assertThatThrownBy(() -> kind.apply(this).post(uri, "hello")).hasStackTraceContaining(
					"IllegalArgumentException: This client calls the instances of mnist only: give "
							+ "it a path, such as /x, or http://mnist/x, and not " + uri);
		}
		assertThatThrownBy(() -> kind.apply(this).post("http://mnist/../x", "hello"))
			.hasStackTraceContaining("The path must not contain the segment '.' or '..'");
	}

	@Test
	void aQueryThatIsNotEncodedIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.clients.restClient("mnist")
				.get()
				.uri(URI.create("http://mnist/x?q=\u4e2d"))
				.retrieve()
				.body(String.class))
			.withMessageContaining("The query must be encoded, but contains ");
	}

	@ParameterizedTest
	@MethodSource("kinds")
	void aBodyThatIsTooLargeToHoldIsRefused(Function<AliasClientTests, Post> kind) {
		use(local().http((http) -> http.maxInMemorySize(DataSize.ofKilobytes(1))).service("mnist"));
		assertThatThrownBy(() -> kind.apply(this).post("http://mnist/x", "x".repeat(1025))).hasStackTraceContaining(
				"mnist: the body of the request is larger than the limit of 1024 bytes (http.max-in-memory-size)");
		assertThat(kind.apply(this).post("http://mnist/x", "x".repeat(500))).endsWith("xxx");
	}

	@Test
	void aBodyThatIsTooLargeToHoldIsAFailureOfSpringsBlockingClients() {
		use(local().http((http) -> http.maxInMemorySize(DataSize.ofKilobytes(1))).service("mnist"));
		String large = "x".repeat(1025);
		assertThatExceptionOfType(ResourceAccessException.class)
			.isThrownBy(() -> this.clients.restClient("mnist").post().body(large).retrieve().body(String.class))
			.matches((ex) -> ex.contains(EasCodecException.class));
		RestTemplate template = new RestTemplate(this.clients.requestFactory("mnist"));
		assertThatExceptionOfType(ResourceAccessException.class)
			.isThrownBy(() -> template.postForObject("http://mnist/x", large, String.class))
			.matches((ex) -> ex.contains(EasCodecException.class));
	}

	@Test
	void credentialsOfTheAliasCannotBeReplaced() {
		WebClient client = webClient().mutate().defaultHeader("Authorization", "mine").build();
		assertThatExceptionOfType(WebClientRequestException.class)
			.isThrownBy(() -> client.get().retrieve().bodyToMono(String.class).block(PATIENCE))
			.withRootCauseInstanceOf(IllegalArgumentException.class)
			.withMessageContaining("The header 'Authorization' can't be set by a call");
	}

	@Test
	void restClientReadsJson() {
		Map<?, ?> answer = this.clients.restClient("mnist")
			.post()
			.uri((uri) -> uri.path("/json").build())
			.contentType(MediaType.APPLICATION_JSON)
			.body(Map.of("image", List.of(1)))
			.retrieve()
			.body(Map.class);
		assertThat(answer).isEqualTo(Map.of("digit", 7));
	}

	@Test
	void webClientReadsJson() {
		ResponseEntity<Map<?, ?>> answer = webClient().post()
			.uri((uri) -> uri.path("/json").build())
			.bodyValue(Map.of("image", List.of(1)))
			.retrieve()
			.toEntity(new org.springframework.core.ParameterizedTypeReference<Map<?, ?>>() {
			})
			.block(PATIENCE);
		assertThat(answer.getBody()).isEqualTo(Map.of("digit", 7));
		assertThat(answer.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_JSON);
	}

	@Test
	void theLastResponseIsSpringsStatusException() {
		this.eas.service("mnist").instances().forEach((instance) -> instance.status(503));
		assertThatExceptionOfType(HttpServerErrorException.ServiceUnavailable.class)
			.isThrownBy(() -> this.clients.restClient("mnist").get().uri("/x").retrieve().body(String.class));
		assertThatExceptionOfType(WebClientResponseException.ServiceUnavailable.class)
			.isThrownBy(() -> webClient().get().uri("/x").retrieve().bodyToMono(String.class).block(PATIENCE));
		long attempts = this.eas.service("mnist").instances().stream().mapToLong((one) -> one.requests()).sum();
		assertThat(attempts).isGreaterThan(2);
	}

	@Test
	void noInstanceIsTheCauseOfSpringsExceptions() {
		use(local().service("missing",
				(service) -> service.http((http) -> http.requestTimeout(Duration.ofMillis(300)))));
		assertThatExceptionOfType(ResourceAccessException.class)
			.isThrownBy(() -> this.clients.restClient("missing").get().retrieve().body(String.class))
			.withMessageContaining("missing: no instance is known")
			.matches((ex) -> ex.contains(EasNoInstanceException.class));
		assertThatExceptionOfType(WebClientRequestException.class)
			.isThrownBy(
					() -> this.clients.webClient("missing").get().retrieve().bodyToMono(String.class).block(PATIENCE))
			.withCauseInstanceOf(EasNoInstanceException.class);
	}

	@Test
	void theTimeLimitsOfTheAliasHold() {
		use(local().http((http) -> http.responseTimeout(Duration.ofMillis(200)).requestTimeout(Duration.ofSeconds(30)))
			.service("mnist"));
		assertThatExceptionOfType(ResourceAccessException.class)
			.isThrownBy(() -> this.clients.restClient("mnist").get().uri("/never").retrieve().body(String.class))
			.withCauseInstanceOf(SocketTimeoutException.class)
			.withRootCauseInstanceOf(EasTimeoutException.class);
		assertThatExceptionOfType(WebClientRequestException.class)
			.isThrownBy(() -> webClient().get().uri("/never").retrieve().bodyToMono(String.class).block(PATIENCE))
			.withCauseInstanceOf(EasTimeoutException.class);
	}

	@Test
	void aBodyThatStopsArrivingEndsTheCall() throws Exception {
		try (RawServer server = RawServer.keepingConnections((socket, request) -> RawServer.send(socket,
				"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 10\r\n\r\nhalf"))) {
			use(raw(server).http((http) -> http.responseTimeout(Duration.ofMillis(200))));
			assertThatThrownBy(() -> this.clients.restClient("mnist").get().retrieve().body(String.class))
				.hasStackTraceContaining("no further part of the answer within 200 ms (http.response-timeout)");
			assertThatThrownBy(() -> webClient().get().retrieve().bodyToMono(String.class).block(PATIENCE))
				.hasStackTraceContaining("no further part of the answer within 200 ms (http.response-timeout)");
		}
	}

	@Test
	void aBodyIsLimitedByTheTimeOfTheWholeCallUnlessItIsAStreamOfEvents() throws Exception {
		// more of the body comes on each connection for as long as somebody reads
		try (RawServer server = RawServer.keepingConnections((socket, request) -> {
			boolean events = request.contains("/events");
			RawServer.send(socket,
					"HTTP/1.1 200 OK\r\nContent-Type: " + (events ? "text/event-stream" : "text/plain") + "\r\n\r\n");
			for (int n = 0; n < 20; n++) {
				RawServer.send(socket, "data:" + n + "\n\n");
				RawServer.pause(50);
			}
			socket.close();
		})) {
			use(raw(server).http((http) -> http.requestTimeout(Duration.ofMillis(400))));
			assertThatThrownBy(() -> this.clients.restClient("mnist").get().uri("/text").retrieve().body(String.class))
				.hasStackTraceContaining("the answer has not ended within 400 ms (http.request-timeout)");
			assertThat(
					webClient().get().uri("/events").retrieve().bodyToFlux(String.class).collectList().block(PATIENCE))
				.hasSize(20);
		}
	}

	private static Eas.Builder raw(RawServer server) {
		return Eas.builder()
			.authScheme(AuthScheme.NONE)
			.mode(Mode.STATIC)
			.instances("127.0.0.1:" + server.port())
			.service("mnist");
	}

	@Test
	void aConnectionThatBreaksInTheBodyFailsTheCall() throws Exception {
		try (RawServer server = RawServer.start((socket, request) -> {
			RawServer.send(socket, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 10\r\n\r\nhalf");
			socket.close();
		})) {
			use(raw(server));
			assertThatThrownBy(() -> this.clients.restClient("mnist").get().retrieve().body(String.class))
				.hasStackTraceContaining("Caused by: " + EasConnectionException.class.getName());
			StepVerifier
				.create(webClient().get()
					.exchangeToFlux((response) -> response.bodyToFlux(DataBuffer.class).map(AliasClientTests::text)))
				.expectNext("half")
				.expectErrorMatches(
						(ex) -> ex instanceof EasConnectionException || ex.getCause() instanceof EasConnectionException)
				.verify(PATIENCE);
		}
	}

	private static String text(DataBuffer buffer) {
		String text = buffer.toString(StandardCharsets.UTF_8);
		DataBufferUtils.release(buffer);
		return text;
	}

	@Test
	void bodiesArriveNoFasterThanTheyAreRead() {
		byte[] large = new byte[8 << 20];
		this.eas.service("mnist")
			.add((instance) -> instance
				.handler((request) -> Mono.just(EmulatedResponse.bytes(200, large, "application/octet-stream"))));
		String address = this.eas.service("mnist").instance(2).address();
		use(Eas.builder().token(TOKEN).mode(Mode.STATIC).instances(address).service("mnist"));
		CountDownLatch arrived = new CountDownLatch(1);
		BaseSubscriber<DataBuffer> slow = new BaseSubscriber<>() {

			@Override
			protected void hookOnSubscribe(Subscription subscription) {
				request(1);
			}

			@Override
			protected void hookOnNext(DataBuffer buffer) {
				assertThat(buffer.readableByteCount()).isLessThan(large.length / 2);
				DataBufferUtils.release(buffer);
				arrived.countDown();
			}

		};
		webClient().get().exchangeToFlux((response) -> response.bodyToFlux(DataBuffer.class)).subscribe(slow);
		await().atMost(PATIENCE).until(() -> arrived.getCount() == 0);
		assertThat(inFlight()).isEqualTo(1);
		slow.cancel();
		await().atMost(PATIENCE).until(() -> inFlight() == 0);
	}

	@Test
	void aLargeBodyIsReadWhileItArrives() {
		byte[] large = new byte[4 << 20];
		this.eas.service("mnist")
			.add((instance) -> instance
				.handler((request) -> Mono.just(EmulatedResponse.bytes(200, large, "application/octet-stream"))));
		use(Eas.builder()
			.token(TOKEN)
			.mode(Mode.STATIC)
			.http((http) -> http.maxInMemorySize(DataSize.ofKilobytes(64)))
			.instances(this.eas.service("mnist").instance(2).address())
			.service("mnist"));
		long length = this.clients.restClient("mnist")
			.get()
			.exchange((request, response) -> response.getBody().transferTo(java.io.OutputStream.nullOutputStream()));
		assertThat(length).isEqualTo(large.length);
	}

	@Test
	void answersAreReadUpToTheLimitOfTheServiceUnlessTheCodecsHaveTheirOwn() {
		byte[] large = new byte[300 << 10]; // Spring's default limit is 256 KB
		this.eas.service("mnist")
			.add((instance) -> instance
				.handler((request) -> Mono.just(EmulatedResponse.bytes(200, large, "application/octet-stream"))));
		use(limited(300));
		assertThat(bytes(webClient())).hasSize(large.length);
		WebClient.Builder own = WebClient.builder()
			.baseUrl("http://mnist")
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(100 << 10));
		((EasServices) this.clients).configure("mnist", own);
		assertThatThrownBy(() -> bytes(own.build())).hasRootCauseInstanceOf(DataBufferLimitException.class)
			.hasMessageContaining("102400");
		use(limited(299));
		assertThatThrownBy(() -> bytes(webClient())).hasRootCauseInstanceOf(DataBufferLimitException.class);
	}

	private Eas.Builder limited(int kilobytes) {
		return Eas.builder()
			.token(TOKEN)
			.mode(Mode.STATIC)
			.http((http) -> http.maxInMemorySize(DataSize.ofKilobytes(kilobytes)))
			.instances(this.eas.service("mnist").instance(2).address())
			.service("mnist");
	}

	private static byte[] bytes(WebClient client) {
		return client.get().uri("/x").retrieve().bodyToMono(byte[].class).block(PATIENCE);
	}

	private long inFlight() {
		return ((ServiceClient) this.clients.get("mnist")).inFlight();
	}

	@Test
	void aResponseThatNobodyReadsHoldsNoConnection() {
		for (int n = 0; n < 20; n++) {
			CountDownLatch given = new CountDownLatch(1);
			this.clients.connector("mnist")
				.connect(HttpMethod.GET, URI.create("http://mnist/x"), (request) -> request.setComplete())
				.subscribe(new BaseSubscriber<ClientHttpResponse>() {

					@Override
					protected void hookOnNext(ClientHttpResponse response) {
						cancel();
						given.countDown();
					}

				});
			await().atMost(PATIENCE).until(() -> given.getCount() == 0);
		}
		this.clients.restClient("mnist").get().uri("/x").exchange((request, response) -> response.getStatusCode());
		await().atMost(PATIENCE).until(() -> inFlight() == 0);
	}

	@Test
	void aResponseThatComesAsItsCallIsCancelledHoldsNoConnection() {
		BaseSubscriber<ClientHttpResponse> caller = new BaseSubscriber<>() {
		};
		CountDownLatch come = new CountDownLatch(1);
		ServiceExchange exchange = new ServiceExchange((ServiceClient) this.clients.get("mnist"), false);
		ServiceConnector.released(
				exchange.exchange(HttpMethod.GET, URI.create("http://mnist/x"), new HttpHeaders(), EncodedBody.EMPTY, 0)
					.doOnNext((response) -> {
						caller.cancel();
						come.countDown();
					}))
			.subscribe(caller);
		await().atMost(PATIENCE).until(() -> come.getCount() == 0);
		await().atMost(PATIENCE).until(() -> inFlight() == 0);
	}

	@Test
	void aBodyCannotBeReadAfterItsCallWasCancelled() {
		// next() cancels as soon as there is a response
		ClientHttpResponse response = this.clients.connector("mnist")
			.connect(HttpMethod.GET, URI.create("http://mnist/x"), (request) -> request.setComplete())
			.flux()
			.next()
			.block(PATIENCE);
		await().atMost(PATIENCE).until(() -> inFlight() == 0);
		StepVerifier.create(response.getBody())
			.expectErrorMessage("the response is being read already, or was released when its call was cancelled")
			.verify(PATIENCE);
	}

	@Test
	void aCallWhoseSubscriberThrowsEndsForItsObservers() {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		use(local().meterRegistry(meters).service("mnist"));
		this.clients.connector("mnist")
			.connect(HttpMethod.GET, URI.create("http://mnist/x"), (request) -> request.setComplete())
			.subscribe(new CoreSubscriber<ClientHttpResponse>() {

				@Override
				public void onSubscribe(Subscription subscription) {
					subscription.request(1);
				}

				@Override
				public void onNext(ClientHttpResponse response) {
					throw new NoClassDefFoundError("missing");
				}

				@Override
				public void onError(Throwable ex) {
					// not told, as the operators in between have seen a response
				}

				@Override
				public void onComplete() {
					// not told either
				}

			});
		await().atMost(PATIENCE)
			.until(() -> meters.find("eas.client.requests").tag("outcome", "CANCELLED").timer() != null);
		await().atMost(PATIENCE).until(() -> inFlight() == 0);
	}

	@Test
	void closingTheResponseWakesTheThreadThatReadsIt() throws Exception {
		try (RawServer server = RawServer.keepingConnections((socket, request) -> RawServer.send(socket,
				"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 10\r\n\r\nhalf"))) {
			use(raw(server));
			org.springframework.http.client.ClientHttpResponse response = this.clients.requestFactory("mnist")
				.createRequest(URI.create("http://mnist/x"), HttpMethod.GET)
				.execute();
			InputStream body = response.getBody();
			assertThat(body.readNBytes(4)).asString(StandardCharsets.UTF_8).isEqualTo("half");
			CompletableFuture<Throwable> failure = new CompletableFuture<>();
			Thread reader = new Thread(
					() -> failure.complete(org.assertj.core.api.Assertions.catchThrowable(() -> body.read())));
			reader.start();
			await().atMost(PATIENCE).until(() -> reader.getState() == Thread.State.WAITING);
			response.close();
			assertThat(failure.get(60, TimeUnit.SECONDS)).isInstanceOf(IOException.class)
				.hasMessage("the response is closed");
			assertThatThrownBy(() -> body.read()).hasMessage("the response is closed");
		}
	}

	@Test
	void closingAResponseLeavesTheRestOfItsBodySomeTime() throws Exception {
		Semaphore rest = new Semaphore(0);
		try (RawServer server = RawServer.keepingConnections((socket, request) -> {
			RawServer.send(socket, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\n");
			rest.acquireUninterruptibly();
			RawServer.send(socket, "rest");
		})) {
			SimpleMeterRegistry meters = new SimpleMeterRegistry();
			use(raw(server).meterRegistry(meters));
			// the rest may be late if the machine is busy
			await().atMost(PATIENCE).until(() -> {
				this.clients.restClient("mnist").get().uri("/x").retrieve().toBodilessEntity();
				rest.release();
				await().atMost(PATIENCE).until(() -> inFlight() == 0);
				return meters.find("eas.client.requests").tag("outcome", "SUCCESS").timer() != null;
			});
		}
	}

	@Test
	void closingAResponseCancelsACallWhoseBodyDoesNotEnd() throws Exception {
		try (RawServer server = RawServer.keepingConnections((socket, request) -> RawServer.send(socket,
				"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\n"))) {
			SimpleMeterRegistry meters = new SimpleMeterRegistry();
			use(raw(server).meterRegistry(meters)
				.http((http) -> http.responseTimeout(Duration.ofMinutes(5)).requestTimeout(Duration.ofMinutes(10))));
			this.clients.restClient("mnist").get().uri("/x").retrieve().toBodilessEntity();
			await().atMost(PATIENCE).until(() -> inFlight() == 0);
			assertThat(meters.get("eas.client.requests").tag("outcome", "CANCELLED").timer().count()).isEqualTo(1);
		}
	}

	@Test
	void aFailureOfAnyKindIsNotTheEndOfABody() {
		InputStream body = BodyInputStream.of(Flux.error(new Exception("broken")), new HashedWheelTimer(), false);
		assertThatThrownBy(() -> body.read()).isInstanceOf(IOException.class).hasMessage("broken");
	}

	@Test
	void cancellingTheCallClosesItsAttempt() {
		CompletableFuture<String> call = webClient().get().uri("/never").retrieve().bodyToMono(String.class).toFuture();
		await().atMost(PATIENCE).until(() -> inFlight() == 1);
		call.cancel(true);
		await().atMost(PATIENCE).until(() -> inFlight() == 0);
	}

	@Test
	void interruptingTheThreadCancelsTheCallOfARestClient() throws Exception {
		CompletableFuture<Throwable> failure = new CompletableFuture<>();
		CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
		Thread caller = new Thread(() -> {
			try {
				this.clients.restClient("mnist").get().uri("/never").retrieve().body(String.class);
			}
			catch (RuntimeException ex) {
				failure.complete(ex);
			}
			interrupted.complete(Thread.currentThread().isInterrupted());
		});
		caller.start();
		await().atMost(PATIENCE).until(() -> inFlight() == 1);
		caller.interrupt();
		assertThat(failure.get(60, TimeUnit.SECONDS)).isInstanceOf(ResourceAccessException.class)
			.hasCauseInstanceOf(java.io.InterruptedIOException.class);
		assertThat(interrupted.get(60, TimeUnit.SECONDS)).isTrue();
		await().atMost(PATIENCE).until(() -> inFlight() == 0);
	}

	@Test
	void redirectsAreNotFollowed() {
		assertThat(webClient().get().uri("/moved").retrieve().toEntity(String.class).block(PATIENCE).getStatusCode())
			.hasToString("302 FOUND");
		assertThat(this.clients.restClient("mnist").get().uri("/moved").retrieve().toEntity(String.class).getBody())
			.isEqualTo("elsewhere");
	}

	@Test
	void cookiesArePassed() {
		webClient().get().uri("/cookie").cookie("c", "d").exchangeToMono((response) -> {
			assertThat(response.cookies().getFirst("a").getMaxAge()).isEqualTo(Duration.ofSeconds(5));
			return response.bodyToMono(String.class);
		}).as(StepVerifier::create).expectNext("c=d").expectComplete().verify(PATIENCE);
	}

	@Test
	void cookiesThatSpringRefusesAreLeftOut() throws Exception {
		String answer = String.join("\r\n", "HTTP/1.1 200 OK", "Set-Cookie: json={\"u\":1}; Path=/",
				"Set-Cookie: list=a b,c", "Set-Cookie: port=1; Domain=localhost:8080", "Set-Cookie: plain=1",
				"Set-Cookie: quoted=\"2\"", "Content-Type: text/plain", "Content-Length: 2", "", "ok");
		try (RawServer server = RawServer.keepingConnections((socket, request) -> RawServer.send(socket, answer))) {
			use(raw(server));
			assertThat(this.clients.restClient("mnist").get().uri("/x").retrieve().body(String.class)).isEqualTo("ok");
			webClient().get().exchangeToMono((response) -> {
				assertThat(response.cookies().toSingleValueMap().values()).map((cookie) -> cookie.toString())
					.containsExactly("plain=1", "quoted=2");
				return response.bodyToMono(String.class);
			}).as(StepVerifier::create).expectNext("ok").expectComplete().verify(PATIENCE);
		}
	}

	@Test
	void aBodyInPiecesIsSentAsAWhole() {
		Flux<DataBuffer> pieces = Flux.fromStream(() -> IntStream.range(0, 3)
			.mapToObj((n) -> DefaultDataBufferFactory.sharedInstance
				.wrap(String.valueOf(n).getBytes(StandardCharsets.UTF_8))));
		assertThat(webClient().post()
			.uri("/x")
			.body(pieces, DataBuffer.class)
			.retrieve()
			.bodyToMono(String.class)
			.block(PATIENCE)).endsWith("/x 012");
	}

	@Test
	void aBodyThatCannotBeWrittenFailsTheCallOnly() {
		assertThatThrownBy(() -> webClient().post()
			.body(Flux.error(new IllegalStateException("no body")), DataBuffer.class)
			.retrieve()
			.bodyToMono(String.class)
			.block(PATIENCE)).hasRootCauseMessage("no body");
		assertThatExceptionOfType(WebClientRequestException.class)
			.isThrownBy(() -> webClient().post()
				.body(Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(new byte[20 << 20])), DataBuffer.class)
				.retrieve()
				.bodyToMono(String.class)
				.block(PATIENCE))
			.withCauseInstanceOf(EasCodecException.class);
	}

	@Test
	void anUnknownAliasIsReportedWithTheKnownOnes() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.clients.restClient("mnits"))
			.withMessageContaining("[mnist]");
		assertThatIllegalArgumentException().isThrownBy(() -> this.clients.webClient("mnits"))
			.withMessageContaining("[mnist]");
	}

	/**
	 * A POST request.
	 */
	@FunctionalInterface
	interface Post {

		String post(String uri, String body);

	}

}
