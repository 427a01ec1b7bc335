package io.eas.client;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.eas.discovery.Destinations;
import io.eas.instance.EasInstance;
import io.netty.channel.ChannelOption;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.transport.AddressUtils;

/**
 * The connections to the instances of one service: a pool an instance. Thread-safe.
 */
final class InstanceTransport implements AutoCloseable {

	private static final long LONGEST_CLOSE_MILLIS = 2000;

	private final ConnectionProvider connections;

	private final HttpClient client;

	private final HttpClient secureClient;

	private final Destinations destinations;

	private final Map<EasInstance, Routes> routes = new ConcurrentHashMap<>();

	private final EasChannels channels;

	private final int maxInMemorySize;

	InstanceTransport(ServiceParts parts) {
		HttpSettings settings = parts.http();
		this.channels = parts.channels();
		this.connections = ConnectionProvider.builder("eas-" + parts.name())
			.maxConnections(settings.maxConnectionsPerInstance())
			.pendingAcquireMaxCount(-1)
			.pendingAcquireTimeout(settings.pendingAcquireTimeout())
			.maxIdleTime(settings.maxIdleTime())
			.maxLifeTime(settings.maxLifeTime())
			.evictInBackground(settings.maxIdleTime(), parts.threads().timer())
			.lifo()
			.build();
		this.destinations = parts.destinations();
		this.client = configured(parts, HttpClient.create(this.connections));
		this.secureClient = this.destinations.isSecure()
				? configured(parts, HttpClient.create(this.connections).secure()) : this.client;
		this.maxInMemorySize = settings.maxInMemorySize();
	}

	private HttpClient configured(ServiceParts parts, HttpClient bare) {
		HttpSettings settings = parts.http();
		return this.channels.track(parts.network().apply(bare))
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) settings.connectTimeout().toMillis())
			.followRedirect(false)
			.disableRetry(true);
	}

	/**
	 * Lets calls open connections again.
	 */
	void connect() {
		this.channels.open();
	}

	/**
	 * Sends the request of an attempt, and tells the attempt how it ends.
	 */
	void send(Exchange exchange) {
		Call call = exchange.call();
		routes(exchange.instance()).to(call.method(), call.target()).send(exchange);
	}

	private Routes routes(EasInstance instance) {
		Routes known = this.routes.get(instance);
		return (known != null) ? known : this.routes.computeIfAbsent(instance, this::createRoutes);
	}

	private Routes createRoutes(EasInstance instance) {
		InetSocketAddress address = address(instance);
		HttpClient known = this.destinations.isSecure(instance) ? this.secureClient : this.client;
		return new Routes(known.remoteAddress(() -> address), this.maxInMemorySize);
	}

	private static InetSocketAddress address(EasInstance instance) {
		return AddressUtils.createUnresolved(instance.host(), instance.port());
	}

	/**
	 * The number of instances there may be connections to.
	 */
	int size() {
		return this.routes.size();
	}

	/**
	 * Closes the connections to all other instances, each as soon as no call uses it.
	 */
	void retain(Set<EasInstance> instances) {
		for (EasInstance known : Set.copyOf(this.routes.keySet())) {
			if (!instances.contains(known) && this.routes.remove(known) != null) {
				this.connections.disposeWhen(address(known));
			}
		}
	}

	/**
	 * Closes all connections, with the calls that use them, and waits for that.
	 */
	void disconnect() {
		retain(Set.of());
		this.channels.close().awaitUninterruptibly(LONGEST_CLOSE_MILLIS);
	}

	@Override
	public void close() {
		this.connections.dispose();
	}

}
