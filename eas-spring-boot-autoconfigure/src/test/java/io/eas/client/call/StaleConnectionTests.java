package io.eas.client.call;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.eas.client.EasClient;
import io.eas.client.EasResponse;
import io.eas.test.RawServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Kept connections that something between here and the instances has forgotten cost few
 * attempts, and no call.
 */
class StaleConnectionTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	/** After so many milliseconds without a request a connection is forgotten. */
	private static final int FORGOTTEN = 1200;

	/** The callers are quiet for so long. */
	private static final int QUIET = 1600;

	private static final int CALLERS = 16;

	private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

	private final Map<Socket, Long> lastUse = new ConcurrentHashMap<>();

	private final AtomicInteger stale = new AtomicInteger();

	private final List<RawServer> servers = new ArrayList<>();

	@AfterEach
	void close() throws IOException {
		for (RawServer server : this.servers) {
			server.close();
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, CALLERS })
	void noCallFailsAfterAnIdlePeriod(int callers) throws Exception {
		start(3, StaleConnectionTests::reset);
		RawService.run(this.servers, (client, context) -> {
			for (int round = 0; round < 2; round++) {
				assertThat(calls(client, 3 * CALLERS, CALLERS)).containsOnly("ok");
				RawServer.pause(QUIET);
				this.stale.set(0);
				assertThat(calls(client, 3 * CALLERS, callers)).containsOnly("ok");
				// those that all take an old connection at the same moment, and a few
				// whose
				// next attempt takes one just before it is closed
				assertThat(this.stale.get()).isBetween(1, callers + callers / 4);
			}
		});
	}

	@Test
	void retryAfterADroppedConnectionCostsNoRetryBudget() throws Exception {
		start(3, StaleConnectionTests::reset);
		RawService.run(this.servers, (client, context) -> {
			assertThat(calls(client, 3 * CALLERS, CALLERS)).containsOnly("ok");
			RawServer.pause(QUIET);
			this.stale.set(0);
			assertThat(calls(client, 3 * CALLERS, CALLERS)).containsOnly("ok");
			assertThat(this.stale.get()).isPositive();
		}, "eas.retry.budget.ratio=0", "eas.retry.budget.min-per-second=0");
	}

	@Test
	void oneSilentConnectionIsEnoughToDetectDroppedConnections() throws Exception {
		start(3, StaleConnectionTests::isSilent);
		RawService.run(this.servers, (client, context) -> {
			assertThat(calls(client, 3 * CALLERS, CALLERS)).containsOnly("ok");
			RawServer.pause(QUIET);
			this.stale.set(0);
			assertThat(calls(client, 3 * CALLERS, 1)).containsOnly("ok");
			assertThat(this.stale.get()).isEqualTo(1);
		}, "eas.http.response-timeout=300ms", "eas.retry.on=connect,reset,read-timeout");
	}

	@Test
	void connectionThatBreaksUnderLoadLeavesOthersOpen() throws Exception {
		AtomicInteger requests = new AtomicInteger();
		this.servers.add(RawServer.keepingConnections((socket, request) -> {
			if (requests.incrementAndGet() == 50) {
				reset(socket);
			}
			RawServer.send(socket, ANSWER);
		}));
		this.servers.add(RawServer.keepingConnections((socket, request) -> RawServer.send(socket, ANSWER)));
		RawService.run(this.servers, (client, context) -> {
			assertThat(calls(client, 40, 4)).containsOnly("ok");
			int before = this.servers.get(1).connections();
			assertThat(calls(client, 200, 1)).containsOnly("ok");
			assertThat(this.servers.get(1).connections()).isLessThanOrEqualTo(before + 1);
		});
	}

	/**
	 * Another host has the address now: it knows nothing of the old connections, and
	 * takes new ones.
	 */
	@Test
	void addressTakenOverByAnotherHostIsUsedAgainSoon() throws Exception {
		CountDownLatch moved = new CountDownLatch(1);
		Map<Socket, Boolean> old = new ConcurrentHashMap<>();
		AtomicInteger answeredAgain = new AtomicInteger();
		this.servers.add(RawServer.keepingConnections((socket, request) -> {
			if (moved.getCount() > 0) {
				old.put(socket, true);
				// so that each caller gets a connection
				RawServer.pause(5);
			}
			else if (old.containsKey(socket)) {
				reset(socket);
			}
			else {
				answeredAgain.incrementAndGet();
			}
			RawServer.send(socket, ANSWER);
		}));
		this.servers.add(RawServer.keepingConnections((socket, request) -> RawServer.send(socket, ANSWER)));
		RawService.run(this.servers, (client, context) -> {
			assertThat(calls(client, 20 * CALLERS, CALLERS)).containsOnly("ok");
			moved.countDown();
			long start = System.nanoTime();
			await().atMost(PATIENCE).until(() -> {
				assertThat(calls(client, 10, 1)).containsOnly("ok");
				return answeredAgain.get() > 0;
			});
			// one ejection, which takes 5 s at most
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
		});
	}

	private void start(int count, Forgotten forgotten) {
		for (int i = 0; i < count; i++) {
			this.servers.add(RawServer.keepingConnections((socket, request) -> {
				Long last = this.lastUse.put(socket, System.nanoTime());
				if (last != null && System.nanoTime() - last > TimeUnit.MILLISECONDS.toNanos(FORGOTTEN)) {
					this.stale.incrementAndGet();
					forgotten.meets(socket);
				}
				RawServer.pause(5);
				RawServer.send(socket, ANSWER);
			}));
		}
	}

	private static List<String> calls(EasClient client, int calls, int callers) {
		return Flux.range(0, calls)
			.flatMap((i) -> client.get("")
				.toEntity(String.class)
				.map(EasResponse::body)
				.onErrorResume((ex) -> Mono.just(ex.getMessage())), callers)
			.collectList()
			.block(PATIENCE);
	}

	private static void reset(Socket socket) throws IOException {
		socket.setSoLinger(true, 0);
		socket.close();
	}

	private static void isSilent(Socket socket) {
		RawServer.pause(20_000);
	}

	/** What becomes of a request on a connection that is forgotten. */
	@FunctionalInterface
	private interface Forgotten {

		void meets(Socket socket) throws IOException;

	}

}
