package io.eas.discovery.probe;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.eas.discovery.probe.ProbeResult.Failed;
import io.eas.discovery.probe.ProbeResult.Passed;
import io.netty.channel.Channel;
import org.junit.jupiter.api.Test;
import reactor.netty.http.client.HttpClient;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a connection makes of what servers do.
 */
class TcpSocketProberTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final Duration TIMEOUT = Duration.ofSeconds(1);

	/** Time limits end when the test says so. */
	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	/** The channels that were opened. */
	private final CopyOnWriteArrayList<Channel> channels = new CopyOnWriteArrayList<>();

	private final HttpClient client = HttpClient.newConnection()
		.doOnChannelInit((observer, channel, address) -> this.channels.add(channel));

	private final TcpSocketProber prober = new TcpSocketProber(this.client, null, TIMEOUT, this.time);

	@Test
	void establishedConnectionPassesAndIsClosedAtOnce() throws Exception {
		try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			assertThat(probe(server.getLocalPort())).isEqualTo(new Passed("connected", false));
			try (Socket accepted = server.accept()) {
				assertThat(accepted.getInputStream().read()).isEqualTo(-1);
			}
		}
	}

	@Test
	void connectionsAreTrackedLikeThoseOfTheClient() throws Exception {
		try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			probe(server.getLocalPort());
			assertThat(this.channels).hasSize(1);
			await().until(() -> !this.channels.get(0).isOpen());
		}
	}

	@Test
	void usesAnotherPortIfConfigured() throws Exception {
		try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			TcpSocketProber elsewhere = new TcpSocketProber(this.client, server.getLocalPort(), TIMEOUT, this.time);
			assertThat(elsewhere.probe(HttpGetProberTests.at(1)).block(PATIENCE))
				.isEqualTo(new Passed("connected", false));
		}
	}

	@Test
	void closedPortFails() throws Exception {
		assertThat(probe(HttpGetProberTests.closedPort())).isEqualTo(new Failed("connection refused"));
	}

	@Test
	void fullAcceptQueueFailsAndTheConnectionIsAbandoned() throws Exception {
		try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				Socket first = new Socket(full.getInetAddress(), full.getLocalPort());
				Socket second = new Socket(full.getInetAddress(), full.getLocalPort())) {
			assertThat(first.isConnected() && second.isConnected()).isTrue();
			CompletableFuture<ProbeResult> check = this.prober.probe(HttpGetProberTests.at(full.getLocalPort()))
				.toFuture();
			await().until(() -> !this.channels.isEmpty());
			this.time.advanceTimeBy(TIMEOUT);
			assertThat(check.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
				.isEqualTo(new Failed("no connection within 1000 ms"));
			await().until(() -> !this.channels.get(0).isOpen());
		}
	}

	private ProbeResult probe(int port) {
		return this.prober.probe(HttpGetProberTests.at(port)).block(PATIENCE);
	}

}
