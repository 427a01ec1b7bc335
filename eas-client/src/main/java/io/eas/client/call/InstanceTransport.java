package io.eas.client.call;

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
 * The connections to the instances of one service: a pool an instance, so that one can go
 * without a look at all others. Thread-safe.
 */
final class InstanceTransport {

	private static final long LONGEST_CLOSE_MILLIS = 2000;

	/**
	 * A pool that is closed just when a call asks it for a connection may never answer.
	 * So long after it can no longer be found nobody is about to ask.
	 */
	private static final long CLOSED_AFTER_MILLIS = 1000;

	/** No firewall forgets what was idle for less. */
	private static final long QUIET = TimeUnit.SECONDS.toNanos(1);

	/** Nothing gets idle for half of that within this time. */
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
	 * Lets calls open connections again.
	 */
	void connect() {
		this.network.channels().open();
	}

	/**
	 * Sends the request of an attempt, and tells the attempt how it ends.
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
		InstanceChannels channels = new InstanceChannels(this.settings.acknowledgeTimeout());
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
	 * Has the next calls of an instance open new connections.
	 */
	void closeOnceIdle(EasInstance instance) {
		InstanceConnections known = this.connections.get(instance);
		if (known != null) {
			known.closeOnceIdle();
		}
	}

	/**
	 * A connection that had served a call broke, or was silent, and its idle siblings may
	 * be no better. Where it had been idle for long, a firewall between here and all
	 * instances may have forgotten it: then what was idle for half that time is closed at
	 * all of them, so that the next attempt of the same call doesn't meet the same. It
	 * costs new connections and no more.
	 * @param instance where that was
	 * @param nanos for how long the connection had been idle
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

	/** Calls that met the same at the same time leave it to the first of them. */
	private void closeQuiet(long nanos) {
		long now = System.nanoTime();
		Sweep last = this.sweep.get();
		boolean done = last != null && now - last.at < SWEPT && last.nanos <= nanos;
		if (!done && this.sweep.compareAndSet(last, new Sweep(now, nanos))) {
			this.connections.values().forEach((known) -> known.closeIdle(nanos));
		}
	}

	/**
	 * Moves the attempts elsewhere that have waited on an instance.
	 * @param instance the instance, which stands still
	 * @param longest how long they may wait, in nanoseconds
	 */
	void moveWaiting(EasInstance instance, long longest) {
		InstanceConnections known = this.connections.get(instance);
		if (known != null) {
			known.moveWaiting(longest);
		}
	}

	/**
	 * The number of instances there may be connections to.
	 */
	int size() {
		return this.connections.size();
	}

	/**
	 * Closes the connections to all other instances, soon, each once no call uses it.
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
	 * Ends all attempts, closes all connections, and waits for that.
	 */
	void disconnect() {
		this.connections.values().forEach(InstanceConnections::stopAll);
		forget((instance) -> true, InstanceConnections::dispose);
		this.network.channels().close().awaitUninterruptibly(LONGEST_CLOSE_MILLIS);
	}

	/**
	 * A search for what was idle at all instances.
	 *
	 * @param at when, as of {@link System#nanoTime}
	 * @param nanos for how long at least
	 */
	private record Sweep(long at, long nanos) {
	}

}
