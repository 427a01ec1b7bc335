package io.eas.http;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import io.eas.test.RawServer;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What is done with all open connections of an instance, while calls use them.
 */
class InstanceChannelsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final int ACKNOWLEDGED_MILLIS = 1500;

	private final RawServer server = RawServer.keepingConnections((socket, request) -> {
		socket.getInputStream().skipNBytes(length(request));
		RawServer.send(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
	});

	private final ConnectionProvider pool = pool(8);

	private final ConnectionProvider single = pool(1);

	private final AtomicLong clock = new AtomicLong();

	private final InstanceChannels channels = new InstanceChannels(Duration.ofMillis(ACKNOWLEDGED_MILLIS),
			this.clock::get);

	private final AtomicReference<Channel> newest = new AtomicReference<>();

	private final HttpClient client = client(this.pool);

	private static ConnectionProvider pool(int maxConnections) {
		return ConnectionProvider.builder("test")
			.maxConnections(maxConnections)
			.pendingAcquireMaxCount(-1)
			.lifo()
			.build();
	}

	private HttpClient client(ConnectionProvider pool) {
		return new EasChannels().track(HttpClient.create(pool).disableRetry(true), this.channels)
			.doOnRequest((request, connection) -> this.newest.set(connection.channel()))
			.host("127.0.0.1")
			.port(this.server.port());
	}

	@AfterEach
	void close() throws IOException {
		this.pool.dispose();
		this.single.dispose();
		this.server.close();
	}

	@Test
	void idleConnectionsAreClosed() {
		calls(40, 8).block(PATIENCE);
		assertThat(this.channels.size()).isPositive();
		this.channels.closeOnceIdle();
		await().untilAsserted(() -> assertThat(this.channels.size()).isZero());
	}

	@Test
	void onlyConnectionsIdleForLongAreClosed() {
		calls(40, 8).block(PATIENCE);
		int before = this.channels.size();
		this.channels.closeIdle(Duration.ofMinutes(10).toNanos());
		calls(1, 1).block(PATIENCE);
		assertThat(this.channels.size()).isEqualTo(before);
		this.channels.closeIdle(0);
		await().untilAsserted(() -> assertThat(this.channels.size()).isZero());
	}

	@Test
	void idleTimeIsMeasuredByTheClockOfTheService() {
		calls(40, 8).block(PATIENCE);
		int before = this.channels.size();
		this.clock.addAndGet(Duration.ofMinutes(1).toNanos());
		calls(1, 1).block(PATIENCE);
		assertThat(this.newest.get()).satisfies((used) -> assertThat(ConnectionGuard.of(used).idleNanos()).isZero());
		this.channels.closeIdle(Duration.ofMinutes(1).toNanos());
		await().untilAsserted(() -> assertThat(this.channels.size()).isEqualTo(1));
		assertThat(before).isGreaterThan(1);
	}

	@Test
	void noCallFailsWhileItsConnectionIsHandedOutAndClosed() throws Exception {
		AtomicBoolean over = new AtomicBoolean();
		Thread closer = new Thread(() -> {
			for (int i = 0; !over.get(); i++) {
				if (i % 2 == 0) {
					this.channels.closeOnceIdle();
				}
				else {
					this.channels.closeIdle(0);
				}
				RawServer.pause(1);
			}
		}, "closer");
		closer.start();
		try {
			assertThat(calls(3000, 16).block(PATIENCE)).isEqualTo(3000);
		}
		finally {
			over.set(true);
			closer.join();
		}
		assertThat(this.server.connections()).isGreaterThan(16);
	}

	@Test
	void completedRequestsAreNotVisited() {
		calls(8, 8).contextWrite((context) -> context.put("call", "over")).block(PATIENCE);
		AtomicReference<String> seen = new AtomicReference<>("");
		this.channels.forEachRequest((request) -> seen.set(request.getOrDefault("call", "none")));
		calls(8, 8).block(PATIENCE);
		// of those that were under way by then some may have been
		assertThat(seen.get()).isIn("", "none");
	}

	@Test
	void unacknowledgedDataBreaksAConnectionUnlessItsRequestIsLarge() {
		assumeTrue(Epoll.isAvailable(), "only epoll has the option");
		HttpClient single = client(this.single);
		call(single, 16).block(PATIENCE);
		assertThat(acknowledgeMillis()).isEqualTo(ACKNOWLEDGED_MILLIS);
		call(single, 100_000).block(PATIENCE);
		assertThat(acknowledgeMillis()).isZero();
		call(single, 16).block(PATIENCE);
		assertThat(acknowledgeMillis()).isEqualTo(ACKNOWLEDGED_MILLIS);
		assertThat(this.server.connections()).isEqualTo(1);
	}

	private int acknowledgeMillis() {
		return this.newest.get().config().getOption(EpollChannelOption.TCP_USER_TIMEOUT);
	}

	private Mono<Long> calls(int calls, int callers) {
		return Flux.range(0, calls).flatMap((i) -> call(this.client, 16), callers).count();
	}

	private static Mono<String> call(HttpClient client, int size) {
		return client.post()
			.uri("/")
			.send((request, outbound) -> outbound.sendObject(Unpooled.wrappedBuffer(new byte[size])))
			.responseSingle((response, content) -> content.asString());
	}

	private static int length(String head) {
		int start = head.indexOf("content-length: ") + "content-length: ".length();
		return Integer.parseInt(head.substring(start, head.indexOf('\r', start)));
	}

}
