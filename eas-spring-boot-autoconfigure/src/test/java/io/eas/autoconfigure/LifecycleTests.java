package io.eas.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import io.eas.client.EasClient;
import io.eas.client.EasClients;
import io.eas.client.EasConnectionException;
import io.eas.client.EasNoInstanceException;
import io.eas.client.call.LocalEas;
import io.eas.service.EasServices;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextAware;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.client.ReactorResourceFactory;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What a closed context leaves behind: nothing.
 */
@Tag("application")
class LifecycleTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final Set<String> OURS = Set.of("eas-discovery", "eas-timer", "eas-files", "reactor-http",
			"reactor-netty", "webflux-http");

	@Test
	void tenContextsLeaveNoThreadNoConnectionAndNoBuffer() throws IOException {
		try (PlainServer server = new PlainServer()) {
			callAndClose(server);
			await().until(() -> threads().isEmpty());
			long memory = directMemory();
			for (int i = 0; i < 9; i++) {
				callAndClose(server);
			}
			await().untilAsserted(() -> assertThat(threads()).isEmpty());
			assertThat(server.accepted()).isGreaterThanOrEqualTo(10 * 4);
			await().untilAsserted(() -> assertThat(server.open()).isZero());
			assertThat(directMemory()).as("direct memory").isLessThanOrEqualTo(memory + (8 << 20));
		}
	}

	@Test
	void connectionsToInstancesAreKeptWhileTheContextIsOpen() throws IOException {
		try (PlainServer server = new PlainServer()) {
			application(server).run((context) -> {
				call(context.getBean(EasClients.class).get("a"));
				assertThat(threads()).isNotEmpty();
				assertThat(server.open()).isPositive();
			});
		}
	}

	/** The global event loops end with the first context that closes. */
	@Test
	void contextWithItsOwnEventLoopsSurvivesTheCloseOfAnother() throws IOException {
		try (PlainServer server = new PlainServer()) {
			application(server).withBean(ReactorResourceFactory.class, LifecycleTests::ownEventLoops).run((context) -> {
				for (int i = 0; i < 3; i++) {
					callAndClose(server);
					call(context.getBean(EasClients.class).get("a"));
					int polls = server.polls.get();
					await().untilAsserted(() -> assertThat(server.polls.get()).isGreaterThan(polls + 2));
				}
			});
			await().untilAsserted(() -> assertThat(threads()).isEmpty());
			await().untilAsserted(() -> assertThat(server.open()).isZero());
		}
	}

	private static ReactorResourceFactory ownEventLoops() {
		ReactorResourceFactory resources = new ReactorResourceFactory();
		resources.setUseGlobalResources(false);
		resources.setShutdownQuietPeriod(Duration.ZERO);
		return resources;
	}

	@Test
	void aStoppedContextCanBeStartedAgain() throws IOException {
		try (PlainServer server = new PlainServer()) {
			application(server).run((context) -> {
				call(context.getBean(EasClients.class).get("a"));
				context.getBean(EasServices.class).stop();
				context.getBean("easConnections", SmartLifecycle.class).stop();
				await().untilAsserted(() -> assertThat(server.open()).isZero());
				context.getBean("easConnections", SmartLifecycle.class).start();
				context.getBean(EasServices.class).start();
				call(context.getBean(EasClients.class).get("a"));
				int polls = server.polls.get();
				await().untilAsserted(() -> assertThat(server.polls.get()).isGreaterThan(polls + 2));
			});
		}
	}

	@Test
	void beanThatStartsAfterTheConnectionsCanMakeCalls() throws IOException {
		try (PlainServer server = new PlainServer()) {
			List<String> calls = new CopyOnWriteArrayList<>();
			application(server).withBean(CallingBean.class, () -> new CallingBean(calls)).run((context) -> {
				assertThat(calls).hasSize(1);
				context.getSourceApplicationContext(ConfigurableApplicationContext.class).stop();
				context.getSourceApplicationContext(ConfigurableApplicationContext.class).start();
				assertThat(calls).hasSize(2);
			});
		}
	}

	@Test
	void callInFlightEndsWithTheTimeoutOfThePhase() throws IOException {
		try (PlainServer server = new PlainServer()) {
			server.silent = true;
			application(server).withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=1s").run((context) -> {
				List<Throwable> ends = new CopyOnWriteArrayList<>();
				EasClient client = context.getBean(EasClients.class).get("a");
				client.predict("x", String.class).subscribe((answer) -> {
				}, ends::add);
				await().until(() -> server.requests.get() > 0);
				context.close();
				await().untilAsserted(() -> assertThat(ends).hasSize(1));
				assertThat(ends).singleElement(as(InstanceOfAssertFactories.throwable(EasConnectionException.class)))
					.hasNoSuppressedExceptions()
					.hasMessageContaining("the application is stopping");
				assertThatExceptionOfType(EasNoInstanceException.class)
					.isThrownBy(() -> client.predict("x", String.class).block(PATIENCE))
					.withMessageContaining("the application is stopping");
				await().untilAsserted(() -> assertThat(server.open()).isZero());
			});
			await().until(() -> threads().isEmpty());
		}
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void callsFailWithAClearMessageAfterTheApplicationClosesTheClients(CapturedOutput output) throws IOException {
		try (PlainServer server = new PlainServer()) {
			server.silent = true;
			application(server).run((context) -> {
				EasClient client;
				CompletableFuture<String> underWay;
				try (EasClients clients = context.getBean(EasClients.class)) {
					client = clients.get("a");
					underWay = client.predict("x", String.class).toFuture();
					await().until(() -> server.requests.get() > 0);
				}
				assertThat(underWay).failsWithin(PATIENCE)
					.withThrowableThat()
					.havingCause()
					.isInstanceOf(EasConnectionException.class)
					.withMessageEndingWith(": EasClients was closed");
				assertThatExceptionOfType(EasNoInstanceException.class)
					.isThrownBy(() -> client.predict("x", String.class).block(PATIENCE))
					.withMessage("a: EasClients was closed");
			});
			assertThat(output).contains("1 call was refused: EasClients was already closed");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "eas.probe.http-get.path=/readyz", "eas.probe.tcp-socket=true" })
	void probesLeaveNoThreadAndNoConnection(String method) throws IOException {
		try (PlainServer server = new PlainServer()) {
			String[] probes = { "eas.probe.enabled=true", "eas.probe.period=100ms", method };
			application(server).withPropertyValues(probes).run((context) -> {
				call(context.getBean(EasClients.class).get("a"));
				context.getBean(EasServices.class).stop();
				context.getBean("easConnections", SmartLifecycle.class).stop();
				await().untilAsserted(() -> assertThat(server.open()).isZero());
				int accepted = server.accepted();
				context.getBean("easConnections", SmartLifecycle.class).start();
				context.getBean(EasServices.class).start();
				call(context.getBean(EasClients.class).get("a"));
				await().until(() -> server.accepted() > accepted + 20);
			});
			await().untilAsserted(() -> assertThat(threads()).isEmpty());
			await().untilAsserted(() -> assertThat(server.open()).isZero());
		}
	}

	@Test
	void healthCheckUnderWayEndsWithTheContext() throws IOException {
		try (PlainServer server = new PlainServer()) {
			server.unready = true;
			application(server)
				.withPropertyValues("eas.probe.enabled=true", "eas.probe.timeout=1m", "eas.discovery.startup=lazy",
						"eas.probe.http-get.path=/readyz")
				.run((context) -> await().until(() -> server.probes.get() == 2));
			await().untilAsserted(() -> assertThat(threads()).isEmpty());
			await().untilAsserted(() -> assertThat(server.open()).isZero());
		}
	}

	private static void callAndClose(PlainServer server) {
		application(server).run((context) -> {
			EasClients clients = context.getBean(EasClients.class);
			call(clients.get("a"));
			call(clients.get("b"));
		});
	}

	private static void call(EasClient client) {
		assertThat(Flux.range(0, 16)
			.flatMap((i) -> client.predict("x".repeat(10_000), String.class), 4)
			.collectList()
			.block(PATIENCE)).hasSize(16).containsOnly(PlainServer.ANSWER);
	}

	/** Two services on two instances each; discovery is the same server. */
	private static ApplicationContextRunner application(PlainServer server) {
		return LocalEas.application()
			.withPropertyValues("eas.endpoint=127.0.0.1:" + server.port(), "eas.token=abc",
					"eas.discovery.allowed-networks=127.0.0.0/8", "eas.discovery.allow-any-interval=true",
					"eas.discovery.interval=20ms", "eas.services.a.service-name=a", "eas.services.b.service-name=b");
	}

	/** Of ours and of the network; what the JVM shares (parallel-1) is Reactor's own. */
	private static Set<String> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> OURS.stream().anyMatch(name::startsWith))
			.collect(Collectors.toSet());
	}

	private static long directMemory() {
		return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric().usedDirectMemory();
	}

	/**
	 * Answers each request with 200, and discovery with itself. Knows which connections
	 * the other side has left open.
	 */
	private static final class PlainServer implements AutoCloseable {

		static final String ANSWER = "{\"answer\":1}";

		private final ServerSocket server = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());

		private final List<Socket> sockets = new CopyOnWriteArrayList<>();

		private final AtomicInteger accepted = new AtomicInteger();

		private final AtomicInteger requests = new AtomicInteger();

		private final AtomicInteger polls = new AtomicInteger();

		private final AtomicInteger probes = new AtomicInteger();

		private volatile boolean silent;

		private volatile boolean unready;

		PlainServer() throws IOException {
			start(this::accept);
		}

		int port() {
			return this.server.getLocalPort();
		}

		int accepted() {
			return this.accepted.get();
		}

		int open() {
			return this.sockets.size();
		}

		private void accept() throws IOException {
			while (true) {
				Socket socket = this.server.accept();
				this.sockets.add(socket);
				this.accepted.incrementAndGet();
				start(() -> serve(socket));
			}
		}

		private void serve(Socket socket) throws IOException {
			try (socket) {
				InputStream in = socket.getInputStream();
				for (List<String> head = head(in); !head.isEmpty(); head = head(in)) {
					for (String line : head) {
						if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
							in.readNBytes(Integer.parseInt(line.substring(15).strip()));
						}
					}
					boolean probe = head.get(0).startsWith("GET /readyz");
					boolean discovery = head.get(0).startsWith("GET") && !probe;
					(discovery ? this.polls : probe ? this.probes : this.requests).incrementAndGet();
					if (discovery || (probe ? !this.unready : !this.silent)) {
						answer(socket, discovery ? "{\"endpoints\":{\"items\":[{\"ip\":\"127.0.0.1\",\"port\":" + port()
								+ ",\"weight\":100}]}}" : ANSWER);
					}
				}
			}
			finally {
				this.sockets.remove(socket);
			}
		}

		/** The lines of a request's head; none at the end of the connection. */
		private static List<String> head(InputStream in) throws IOException {
			List<String> lines = new ArrayList<>();
			StringBuilder line = new StringBuilder();
			for (int next = in.read(); next >= 0; next = in.read()) {
				if (next == '\n' && line.isEmpty()) {
					return lines;
				}
				if (next == '\n') {
					lines.add(line.toString());
					line.setLength(0);
				}
				else if (next != '\r') {
					line.append((char) next);
				}
			}
			return List.of();
		}

		private static void answer(Socket socket, String body) throws IOException {
			socket.getOutputStream()
				.write(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
						+ "\r\n\r\n" + body)
					.getBytes(StandardCharsets.US_ASCII));
		}

		private static void start(Serving serving) {
			Thread thread = new Thread(() -> {
				try {
					serving.run();
				}
				catch (IOException ex) {
					// the connection or the server is closed
				}
			}, "plain-server");
			thread.setDaemon(true);
			thread.start();
		}

		@Override
		public void close() throws IOException {
			this.server.close();
		}

	}

	private interface Serving {

		void run() throws IOException;

	}

	/** Warms up: calls as soon as it is started. */
	private static final class CallingBean implements SmartLifecycle, ApplicationContextAware {

		private final List<String> calls;

		private ApplicationContext context;

		private volatile boolean running;

		CallingBean(List<String> calls) {
			this.calls = calls;
		}

		@Override
		public void setApplicationContext(ApplicationContext context) {
			this.context = context;
		}

		@Override
		public void start() {
			call(this.context.getBean(EasClients.class).get("a"));
			this.calls.add("a");
			this.running = true;
		}

		@Override
		public void stop() {
			this.running = false;
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

		@Override
		public int getPhase() {
			return EasLifecycle.CONNECTIONS_PHASE + 1;
		}

	}

}
