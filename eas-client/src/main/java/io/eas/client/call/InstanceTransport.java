package io.eas.client.call;

import io.eas.client.request.HttpSettings;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.eas.http.HandshakeLog;
import io.eas.http.InstanceChannels;
import io.eas.http.SecureConnect;
import io.eas.instance.EasInstance;
import io.netty.channel.ChannelOption;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.transport.AddressUtils;

/**
 * The connections to the instances of one service. Each instance has its own connection
 * pool, so that removing a pool doesn't need a search through all pools. Thread-safe.
 */
final class InstanceTransport {

	private static final long LONGEST_CLOSE_MILLIS = 2000;

	/**
	 * Delay before a pool is closed after it has been removed from the map, in
	 * milliseconds. If a pool is closed just as a call acquires a connection, the call
	 * might wait forever; after this delay, no call acquires a connection from it any
	 * longer.
	 */
	private static final long CLOSED_AFTER_MILLIS = 1000;

	/**
	 * Minimum idle time after which a firewall may have dropped a connection, in
	 * nanoseconds.
	 */
	private static final long QUIET = TimeUnit.SECONDS.toNanos(1);

	/**
	 * Minimum interval between two sweeps, which close idle connections. Within this
	 * time, no connection can become idle for half of {@link #QUIET}, so another sweep
	 * would find nothing to close.
	 */
	private static final long SWEPT = QUIET / 2;

	private final HttpSettings settings;

	private final ServiceClient.Network network;

	private final ConnectionProvider.Builder pools;

	private final HandshakeLog handshakes;

	private final Map<EasInstance, InstanceConnections> connections = new ConcurrentHashMap<>();

	private final AtomicReference<@Nullable Sweep> sweep = new AtomicReference<>();

	InstanceTransport(String service, HttpSettings settings, ServiceClient.Network network) {
		this.settings = settings;
		this.network = network;
		this.handshakes = new HandshakeLog(service, network.nanoTime());
		this.pools = ConnectionProvider.builder("eas-" + service)
			.maxConnections(settings.maxConnectionsPerInstance())
			.pendingAcquireMaxCount(-1)
			.pendingAcquireTimeout(settings.pendingAcquireTimeout())
			.maxIdleTime(settings.maxIdleTime())
			.maxLifeTime(settings.maxLifeTime())
			.evictInBackground(settings.maxIdleTime(), network.timer())
			.lifo();
	}

	/**
	 * Allows calls to open connections again.
	 */
	void connect() {
		this.network.channels().open();
	}

	/**
	 * Sends the request of an attempt and signals the result to the attempt.
	 */
	void send(AttemptExecution attempt) {
		to(attempt.instance()).send(attempt);
	}

	private InstanceConnections to(EasInstance instance) {
		InstanceConnections known = this.connections.get(instance);
		return (known != null) ? known : this.connections.computeIfAbsent(instance, this::create);
	}

	private InstanceConnections create(EasInstance instance) {
		ConnectionProvider pool = this.pools.build();
		HttpClient bare = HttpClient.create(pool);
		boolean secure = this.network.source().isSecure(instance);
		InetSocketAddress address = AddressUtils.createUnresolved(instance.host(), instance.port());
		HttpClient configured = this.network.configurer().apply(secure ? bare.secure() : bare);
		int head = (int) this.settings.maxHeaderSize().toBytes();
		InstanceChannels channels = new InstanceChannels(this.settings.acknowledgeTimeout(), this.network.nanoTime());
		HttpClient client = this.network.channels()
			.track(SecureConnect.within(configured, this.settings.connectTimeout(), this.handshakes), channels)
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) this.settings.connectTimeout().toMillis())
			.httpResponseDecoder((decoder) -> decoder.maxHeaderSize(head).maxInitialLineLength(head))
			.followRedirect(false)
			.disableRetry(true)
			.remoteAddress(() -> address);
		return new InstanceConnections(client, pool, channels, (int) this.settings.maxInMemorySize().toBytes());
	}

	/**
	 * Makes the next calls to an instance open new connections.
	 */
	void closeOnceIdle(EasInstance instance) {
		InstanceConnections known = this.connections.get(instance);
		if (known != null) {
			known.closeOnceIdle();
		}
	}

	/**
	 * Closes idle connections after a reused connection broke or was silent. The other
	 * idle connections of the instance may be dead as well. If the connection had been
	 * idle for long, a firewall between the client and all instances may have dropped it.
	 * In that case, connections that have been idle for at least half that time are
	 * closed for all instances, so that the next attempt of the call doesn't fail in the
	 * same way. The only cost is opening new connections.
	 * @param instance the instance of the connection
	 * @param nanos how long the connection had been idle, in nanoseconds
	 */
	void closeStale(EasInstance instance, long nanos) {
		if (nanos >= QUIET) {
			closeQuiet(nanos / 2);
			return;
		}
		InstanceConnections known = this.connections.get(instance);
		if (known != null) {
			known.closeIdle(nanos);
		}
	}

	/**
	 * Closes idle connections of all instances. If several calls fail in the same way at
	 * the same time, only the first of them closes the connections.
	 */
	private void closeQuiet(long nanos) {
		long now = this.network.nanoTime().getAsLong();
		Sweep last = this.sweep.get();
		boolean done = last != null && now - last.at < SWEPT && last.nanos <= nanos;
		if (!done && this.sweep.compareAndSet(last, new Sweep(now, nanos))) {
			this.connections.values().forEach((known) -> known.closeIdle(nanos));
		}
	}

	/**
	 * Moves attempts that wait on an instance to other instances.
	 * @param instance the instance, which has stalled
	 * @param longest how long an attempt may wait, in nanoseconds
	 */
	void moveWaiting(EasInstance instance, long longest) {
		InstanceConnections known = this.connections.get(instance);
		if (known != null) {
			known.moveWaiting(longest);
		}
	}

	/**
	 * Returns the number of instances to which there may be connections.
	 */
	int size() {
		return this.connections.size();
	}

	/**
	 * Closes the connections to all instances except the given ones, after a short delay.
	 * A connection in use is closed when its call has ended.
	 */
	void retain(Set<EasInstance> instances) {
		forget((instance) -> !instances.contains(instance), this::closeSoon);
	}

	private void forget(Predicate<EasInstance> gone, Consumer<InstanceConnections> close) {
		this.connections.forEach((instance, known) -> {
			if (gone.test(instance) && this.connections.remove(instance, known)) {
				close.accept(known);
			}
		});
	}

	private void closeSoon(InstanceConnections gone) {
		try {
			this.network.timer().schedule(gone::dispose, CLOSED_AFTER_MILLIS, TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			// the application is stopping
			gone.dispose();
		}
	}

	/**
	 * Ends all attempts, closes all connections and waits until they are closed, for at
	 * most two seconds.
	 */
	void disconnect() {
		this.connections.values().forEach(InstanceConnections::stopAll);
		forget((instance) -> true, InstanceConnections::dispose);
		this.network.channels().close().awaitUninterruptibly(LONGEST_CLOSE_MILLIS);
	}

	/**
	 * A sweep that closed idle connections of all instances.
	 *
	 * @param at the time of the sweep, in nanoseconds
	 * @param nanos the minimum idle time, in nanoseconds
	 */
	private record Sweep(long at, long nanos) {
	}

}
