package io.eas.emulator.probe;

import java.net.InetSocketAddress;
import java.time.Duration;

import io.eas.emulator.net.Loopback;
import io.eas.emulator.net.Network;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.Connection;
import reactor.netty.tcp.TcpClient;

/**
 * Prober for {@code tcp_socket}: the check passes if a connection can be established. The
 * connection is closed at once.
 *
 * <p>
 * Source: kubernetes {@code pkg/probe/tcp}.
 */
final class TcpSocketProber {

	private final TcpClient client;

	private final Scheduler scheduler;

	TcpSocketProber(Network network) {
		this.client = TcpClient.newConnection().runOn(network.loops()).noProxy();
		this.scheduler = network.scheduler();
	}

	Mono<ProbeResult> probe(int port, Duration timeout) {
		return this.client.remoteAddress(() -> Loopback.socketAddress(port))
			.connect()
			.map((connection) -> connected(connection, port))
			.onErrorResume(NetworkErrors::areTheirs,
					(ex) -> Mono.just(new ProbeResult.Failure(NetworkErrors.describe(ex))))
			.timeout(timeout,
					Mono.fromSupplier(
							() -> new ProbeResult.Failure("no connection within " + timeout.toSeconds() + " s")),
					this.scheduler);
	}

	private static ProbeResult connected(Connection connection, int port) {
		boolean self = isFrom(port, connection);
		connection.dispose();
		return self ? new ProbeResult.Failure(NetworkErrors.REFUSED)
				: new ProbeResult.Success("connected to " + Loopback.address(port));
	}

	/**
	 * Returns whether a connection comes from the port that it connects to. If nobody
	 * listens on the checked port, the system may use the same port as the local port of
	 * the connection. The connection is then established with itself.
	 */
	private static boolean isFrom(int port, Connection connection) {
		return connection.channel().localAddress() instanceof InetSocketAddress local && local.getPort() == port;
	}

}
