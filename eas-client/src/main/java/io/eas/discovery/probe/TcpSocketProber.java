package io.eas.discovery.probe;

import java.net.InetSocketAddress;
import java.time.Duration;

import io.eas.instance.EasInstance;
import io.netty.resolver.AddressResolverGroup;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClient;
import reactor.netty.tcp.TcpClient;
import reactor.netty.transport.AddressUtils;

/**
 * Prober that opens a TCP connection. The check passes when the connection is
 * established, and the connection is closed at once.
 *
 * <p>
 * Source: kubernetes {@code pkg/probe/tcp}.
 */
public final class TcpSocketProber implements Prober {

	private final TcpClient client;

	private final @Nullable Integer port;

	private final Duration timeout;

	private final Scheduler scheduler;

	/**
	 * Creates a prober.
	 * @param client the HTTP client whose event loops, name resolver and channel
	 * initializer are used
	 * @param port the port, or null for the port of the instance
	 * @param timeout the maximum duration of a health check
	 * @param scheduler runs the timeout
	 */
	public TcpSocketProber(HttpClient client, @Nullable Integer port, Duration timeout, Scheduler scheduler) {
		// the event loops are looked up for each connection, since a restart creates new
		// ones
		TcpClient connecting = TcpClient.newConnection()
			.runOn((useNative) -> client.configuration().loopResources().onClient(useNative))
			.doOnChannelInit(client.configuration().doOnChannelInit())
			.noProxy();
		AddressResolverGroup<?> names = client.configuration().resolver();
		this.client = (names != null) ? connecting.resolver(names) : connecting;
		this.port = port;
		this.timeout = timeout;
		this.scheduler = scheduler;
	}

	@Override
	public Mono<ProbeResult> probe(EasInstance instance) {
		InetSocketAddress address = AddressUtils.createUnresolved(instance.host(),
				(this.port != null) ? this.port : instance.port());
		return this.client.remoteAddress(() -> address)
			.connect()
			.map(TcpSocketProber::connected)
			.onErrorResume(ProbeFailures::areTheirs,
					(ex) -> Mono.just(new ProbeResult.Failed(ProbeFailures.describe(ex))))
			.timeout(this.timeout,
					Mono.fromSupplier(
							() -> new ProbeResult.Failed("no connection within " + this.timeout.toMillis() + " ms")),
					this.scheduler);
	}

	/**
	 * Returns the result of an established connection. On the loopback interface, the
	 * system may choose the destination port as the local port of the connection, which
	 * then connects to itself (TCP self-connect) although nothing listens there.
	 */
	private static ProbeResult connected(Connection connection) {
		boolean self = connection.channel().localAddress().equals(connection.channel().remoteAddress());
		connection.dispose();
		return self ? new ProbeResult.Failed("connection refused") : new ProbeResult.Passed("connected", false);
	}

	@Override
	public String toString() {
		return "a connection";
	}

}
