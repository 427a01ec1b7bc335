package io.eas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.eas.client.EasClients;
import io.eas.client.EasException;
import io.eas.client.EasStartupException;
import io.eas.client.auth.AuthScheme;
import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedRequest;
import io.eas.emulator.EmulatedResponse;
import io.eas.loadbalancer.weighted.WeightedRoundRobin;
import io.eas.service.LoadBalancerSettings.Algorithm;
import io.eas.service.ServiceSettings.Mode;
import io.eas.service.Startup;
import io.eas.settings.InvalidSettingException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * The client in a program without Spring.
 */
@ExtendWith(OutputCaptureExtension.class)
class EasTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final String TOKEN = "abc";

	private static final String IN_RANGE = "Set a value in that range, or remove the property to get the default.";

	@Test
	void runsInAMainOfAFewLines(CapturedOutput output) {
		try (EasEmulator eas = start("mnist")) {
			PlainProgram.main(new String[] { eas.endpoint(), TOKEN });
		}
		assertThat(output.getOut()).contains("mnist got [1]");
	}

	@Test
	void readsAndWritesJson() {
		try (EasEmulator eas = start("mnist"); EasClients clients = local(eas).service("mnist").build()) {
			Map<?, ?> answer = clients.get("mnist")
				.post("/json")
				.body(Map.of("a", List.of(1)))
				.retrieve(Map.class)
				.block(PATIENCE);
			assertThat(answer).isEqualTo(Map.of("body", "{\"a\":[1]}"));
		}
	}

	@Test
	void servicesWinOverWhatIsSetForAllOfThem() {
		try (EasEmulator eas = start("mnist", "qwen");
				EasClients clients = local(eas).token("wrong")
					.http((http) -> http.maxInMemorySize(DataSize.ofKilobytes(1)))
					.service("mnist", (mnist) -> mnist.token(TOKEN))
					.service("llm",
							(llm) -> llm.serviceName("qwen")
								.token(TOKEN)
								.authScheme(AuthScheme.TOKEN)
								.loadBalancer((balancer) -> balancer.algorithm(Algorithm.LEAST_REQUEST)))
					.build()) {
			assertThat(clients.names()).containsExactly("mnist", "llm");
			assertThat(clients.get("mnist").predict("1", String.class).block(PATIENCE)).isEqualTo("mnist got 1");
			assertThat(clients.get("llm").predict("2", String.class).block(PATIENCE)).isEqualTo("qwen got 2");
			assertThatIllegalArgumentException().isThrownBy(() -> clients.get("other"))
				.withMessageContaining("[mnist, llm]");
		}
	}

	@Test
	void knowsTheFirstListOnceItIsBuilt() {
		try (EasEmulator eas = start("mnist"); EasClients clients = local(eas).service("mnist").build()) {
			assertThat(clients.get("mnist").predict("1", String.class).block(PATIENCE)).isEqualTo("mnist got 1");
		}
	}

	@Test
	void callsFixedInstancesWithAnAlgorithmOfOnesOwn() {
		AtomicInteger made = new AtomicInteger();
		WeightedRoundRobin algorithm = new WeightedRoundRobin(new java.util.Random(1));
		try (EasEmulator eas = start("mnist");
				EasClients clients = Eas.builder()
					.token(TOKEN)
					.instances(eas.service("mnist").instance(0).address())
					.loadBalancer((balancer) -> balancer.algorithm((candidates) -> {
						made.incrementAndGet();
						return algorithm.create(candidates);
					}))
					.service("mnist")
					.build()) {
			assertThat(clients.get("mnist").predict("1", String.class).block(PATIENCE)).isEqualTo("mnist got 1");
			assertThat(made).hasValue(1);
		}
	}

	@Test
	void callsThroughTheGateway() {
		try (EasEmulator eas = start("mnist");
				EasClients clients = local(eas).mode(Mode.GATEWAY).service("mnist").build()) {
			assertThat(clients.get("mnist").predict("1", String.class).block(PATIENCE)).isEqualTo("mnist got 1");
		}
	}

	@Test
	void closingEndsCallsAndEveryThread(@TempDir Path directory) {
		try (EasEmulator eas = start("mnist", "silent")) {
			Set<Thread> others = threads();
			EasClients clients = local(eas).endpoint(eas.endpoint().replace("127.0.0.1", "localhost"))
				.discovery((discovery) -> discovery.snapshot(directory))
				.probe((probe) -> probe.tcpSocket().period(Duration.ofMillis(100)))
				.service("mnist")
				.service("silent")
				.build();
			assertThat(clients.get("mnist").predict("1", String.class).block(PATIENCE)).isEqualTo("mnist got 1");
			var call = clients.get("silent").get("/never").retrieve(String.class).materialize().toFuture();
			clients.close();
			assertThat(call).succeedsWithin(PATIENCE)
				.satisfies((end) -> assertThat(end.getThrowable()).isInstanceOf(EasException.class)
					.hasMessageEndingWith(": EasClients was closed"));
			await().atMost(PATIENCE).untilAsserted(() -> assertThat(since(others)).isEmpty());
			clients.close();
			assertThatExceptionOfType(EasException.class)
				.isThrownBy(() -> clients.get("mnist").predict("1", String.class).block(PATIENCE))
				.withMessage("mnist: EasClients was closed");
		}
	}

	@Test
	void failsFastWithoutInstancesAndLeavesNothingBehind() throws IOException {
		Set<Thread> before = threads();
		assertThatExceptionOfType(EasStartupException.class)
			.isThrownBy(() -> Eas.builder()
				.endpoint("127.0.0.1:" + closedPort())
				.token(TOKEN)
				.discovery(
						(discovery) -> discovery.startup(Startup.Mode.FAIL_FAST).startupTimeout(Duration.ofSeconds(2)))
				.service("mnist")
				.build())
			.withMessageStartingWith("mnist: no instance is known after 2000 ms: discovery at http://127.0.0.1:");
		await().atMost(PATIENCE).untilAsserted(() -> assertThat(since(before)).isEmpty());
	}

	@Test
	void startsWithoutInstancesWhereThatIsAllowed() {
		try (EasClients clients = Eas.builder()
			.endpoint("127.0.0.1:" + closedPort())
			.token(TOKEN)
			.discovery((discovery) -> discovery.startup(Startup.Mode.LAZY))
			.service("mnist")
			.build()) {
			assertThat(clients.get("mnist").name()).isEqualTo("mnist");
		}
	}

	@Test
	void countsAndTimesUntilItIsClosed() {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		try (EasEmulator eas = start("mnist");
				EasClients clients = local(eas).meterRegistry(registry).service("mnist").build()) {
			clients.get("mnist").predict("1", String.class).block(PATIENCE);
			assertThat(registry.get("eas.client.requests").timer().count()).isEqualTo(1);
			assertThat(registry.get("eas.discovery.instances").tag("state", "live").gauge().value()).isEqualTo(2);
		}
		assertThat(registry.getMeters()).isEmpty();
	}

	@Test
	void hasCallsObserved() {
		TestObservationRegistry registry = TestObservationRegistry.create();
		try (EasEmulator eas = start("mnist");
				EasClients clients = local(eas).observationRegistry(registry).service("mnist").build()) {
			clients.get("mnist").predict("1", String.class).block(PATIENCE);
			TestObservationRegistryAssert.assertThat(registry).hasObservationWithNameEqualTo("eas.client.requests");
		}
	}

	/** What is set, and the whole message. */
	static final List<Arguments> WRONG = List.of(
			wrong((mnist) -> mnist.http((http) -> http.connectTimeout(Duration.ZERO)),
					"mnist: http.connect-timeout must be between 1ms and 1m, was 0s. " + IN_RANGE),
			wrong((mnist) -> mnist.http((http) -> http.maxInMemorySize(DataSize.ofGigabytes(2))),
					"mnist: http.max-in-memory-size must be between 1KB and 1GB, was 2GB. " + IN_RANGE),
			wrong((mnist) -> mnist.retry((retry) -> retry.budget(-1, 10)),
					"mnist: retry.budget.ratio must be between 0 and 10, was -1. " + IN_RANGE),
			wrong((mnist) -> mnist.retry((retry) -> retry.backoff(Duration.ZERO, Duration.ofMinutes(2), 2, 0)),
					"mnist: retry.backoff.max must be between 0s and 1m, was 2m. " + IN_RANGE),
			wrong((mnist) -> mnist.retry((retry) -> retry.onStatuses(404)),
					"mnist: retry.on-statuses must be statuses between 400 and 599 without 400, 401, 404 and 405, "
							+ "was [404]. Remove 404: another attempt would fail in the same way."),
			wrong((mnist) -> mnist.ejection((ejection) -> ejection.baseTime(Duration.ofMinutes(6))),
					"mnist: ejection.base-time must be at most max-time (5m), was 6m. Lower base-time or raise max-time."),
			wrong((mnist) -> mnist.probe((probe) -> probe.httpGet("readyz")),
					"mnist: probe.http-get.path must start with a slash and have only characters that need no encoding "
							+ "in a path, was 'readyz'. Set it to a path such as /readyz, or remove it to check by a "
							+ "connection."),
			wrong((mnist) -> mnist.probe((probe) -> probe.tcpSocket(0)),
					"mnist: probe.tcp-socket.port must be between 1 and 65535, was 0. " + IN_RANGE),
			wrong((mnist) -> mnist.discovery((discovery) -> discovery.startupTimeout(Duration.ofHours(1))),
					"mnist: discovery.startup-timeout must be between 0s and 10m, was 1h. " + IN_RANGE),
			wrong((mnist) -> mnist.discovery((discovery) -> discovery.interval(Duration.ofSeconds(1))),
					"mnist: discovery.interval must be between 5s and 10s, was 1s. EAS asks for a poll every 5 to 10 "
							+ "seconds. Set a value in that range, or discovery.allow-any-interval to true where the "
							+ "discovery API is your own."),
			wrong((mnist) -> mnist.discovery((discovery) -> discovery.snapshot(Path.of("/dev/null"))),
					"mnist: discovery.snapshot.directory must be a directory that files can be written to, was "
							+ "'/dev/null'. The directory can't be used: java.nio.file.NotDirectoryException: /dev/null"),
			wrong((mnist) -> mnist.loadBalancer((balancer) -> balancer.hashHeader("X Session")),
					"mnist: load-balancer.hash-header must be the name of a header, was 'X Session'. Set it to a name "
							+ "such as X-Session-Id."),
			wrong((mnist) -> mnist.path("api"),
					"mnist: path must start with a slash, not end with one and hold no query, was 'api'. Set it to a "
							+ "path such as /api/predict/{service-name}."),
			wrong((mnist) -> mnist.tokenFile(Path.of("/none")).token("hidden"),
					"mnist: token-file must not be set together with token, was '/none'. Remove one of token and "
							+ "token-file."),
			wrong((mnist) -> mnist.token("hidden\nvalue"),
					"mnist: token must have only visible ASCII characters, was ******. Copy the token from the "
							+ "service's details page as it is."),
			wrong((mnist) -> mnist.endpoint("http://host/path"),
					"mnist: endpoint must be host[:port] or http://host[:port], was 'http://host/path'. Leave out "
							+ "path, query and user; the paths have properties of their own."));

	private static Arguments wrong(Consumer<Eas.Service> settings, String message) {
		return Arguments.of(settings, message);
	}

	@ParameterizedTest
	@FieldSource("WRONG")
	void wrongValuesAreNamedWithTheServiceTheRangeAndTheRemedy(Consumer<Eas.Service> settings, String message) {
		Set<Thread> before = threads();
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> Eas.builder().endpoint("127.0.0.1:1").service("mnist", settings).build())
			.withMessage(message);
		await().atMost(PATIENCE).untilAsserted(() -> assertThat(since(before)).isEmpty());
	}

	@Test
	void needsAServiceWithAUsableAlias() {
		assertThatIllegalStateException().isThrownBy(() -> Eas.builder().build())
			.withMessage("There is no service; add one with service(alias)");
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> Eas.builder().service("Mnist"))
			.withMessageContaining("was 'Mnist'. Choose another alias");
	}

	private static EasEmulator start(String... services) {
		var builder = EasEmulator.builder().admin(false);
		for (String name : services) {
			builder.service(name, (service) -> service.token(TOKEN)
				.instances(2, (instance) -> instance.handler((request) -> answer(name, request))));
		}
		return builder.build().start();
	}

	private static Mono<EmulatedResponse> answer(String service, EmulatedRequest request) {
		String body = new String(request.body(), StandardCharsets.UTF_8);
		if (request.path().endsWith("/never")) {
			return Mono.never();
		}
		return Mono.just(request.path().endsWith("/json")
				? EmulatedResponse.json(200, "{\"body\":\"" + body.replace("\"", "\\\"") + "\"}")
				: EmulatedResponse.text(200, service + " got " + body));
	}

	private static Eas.Builder local(EasEmulator eas) {
		return Eas.builder()
			.endpoint(eas.endpoint())
			.token(TOKEN)
			.discovery((discovery) -> discovery.allowedNetworks("127.0.0.0/8"));
	}

	private static int closedPort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Set<Thread> threads() {
		return new HashSet<>(Thread.getAllStackTraces().keySet());
	}

	/**
	 * Those of this test and of Reactor itself, which all share, are not the client's.
	 */
	private static Set<Thread> since(Set<Thread> before) {
		Set<Thread> threads = threads();
		threads.removeAll(before);
		threads.removeIf((thread) -> thread.getName().matches("awaitility.*|parallel-.*|globalEventExecutor.*"));
		return threads;
	}

}
