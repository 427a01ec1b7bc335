package io.eas.http;

import java.util.function.Consumer;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.ChannelGroupFuture;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.ImmediateEventExecutor;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClient;

/**
 * All open connections of a service, to its instances and to discovery, whether in use or
 * not. After {@link #close}, connections that are still being opened are closed as well.
 * Thread-safe.
 */
public final class EasChannels {

	private final ChannelGroup channels = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);

	private volatile boolean closed;

	/**
	 * Makes a client add its connections to this object.
	 * @param client the client
	 * @return the client to use
	 */
	public HttpClient track(HttpClient client) {
		return track(client, ConnectionGuard::install);
	}

	/**
	 * Makes a client add its connections to this object and to the connections of its
	 * instance.
	 * @param client a client of one instance
	 * @param instance the connections to the instance
	 * @return the client to use
	 */
	public HttpClient track(HttpClient client, InstanceChannels instance) {
		return track(client, (channel) -> ConnectionGuard.install(channel, instance));
	}

	/**
	 * Makes a client add its connections to this object, and close a connection that
	 * Reactor discards because nobody needs it any longer. In Reactor Netty a response is
	 * also a {@code Connection}. Therefore a client that is tracked must never emit
	 * responses as elements of a stream: a discarded response would close its connection.
	 */
	private HttpClient track(HttpClient client, Consumer<Channel> guard) {
		return client.mapConnect((connect) -> connect.doOnDiscard(Connection.class, Connection::dispose))
			.doOnChannelInit((observer, channel, address) -> {
				guard.accept(channel);
				track(channel);
			});
	}

	// nobody waits for the closing of a late connection
	@SuppressWarnings("FutureReturnValueIgnored")
	private void track(Channel channel) {
		this.channels.add(channel);
		if (this.closed) {
			channel.close();
		}
	}

	/**
	 * Closes all connections. New connections are closed as well until {@link #open} is
	 * called.
	 */
	public ChannelGroupFuture close() {
		this.closed = true;
		return this.channels.close();
	}

	/** Allows connections to be opened again. */
	public void open() {
		this.closed = false;
	}

}
