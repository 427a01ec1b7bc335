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
 * All open connections of a service, to its instances and to discovery, whether something
 * uses them or not. Once they are closed, those that are being opened are closed too.
 * Thread-safe.
 */
public final class EasChannels {

	private final ChannelGroup channels = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);

	private volatile boolean closed;

	/**
	 * Makes a client put its connections in here.
	 * @param client the client
	 * @return the client to use
	 */
	public HttpClient track(HttpClient client) {
		return track(client, ConnectionGuard::install);
	}

	/**
	 * Makes a client put its connections in here, and among those of its instance.
	 * @param client a client of one instance
	 * @param instance the connections to that
	 * @return the client to use
	 */
	public HttpClient track(HttpClient client, InstanceChannels instance) {
		return track(client, (channel) -> ConnectionGuard.install(channel, instance));
	}

	/**
	 * A connection that Reactor discards, since nobody wants its answer, is closed. An
	 * answer is a connection too, so none may be an element of a stream of these clients.
	 */
	private HttpClient track(HttpClient client, Consumer<Channel> guard) {
		return client.mapConnect((connect) -> connect.doOnDiscard(Connection.class, Connection::dispose))
			.doOnChannelInit((observer, channel, address) -> {
				guard.accept(channel);
				track(channel);
			});
	}

	@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for a connection that
													// came too late
	private void track(Channel channel) {
		this.channels.add(channel);
		if (this.closed) {
			channel.close();
		}
	}

	/** Closes all connections, until {@link #open} says otherwise. */
	public ChannelGroupFuture close() {
		this.closed = true;
		return this.channels.close();
	}

	/** Lets connections be opened again. */
	public void open() {
		this.closed = false;
	}

}
