package io.eas.http;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.ChannelGroupFuture;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.ImmediateEventExecutor;
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
		return client.doOnChannelInit((observer, channel, address) -> {
			ConnectionGuard.install(channel);
			track(channel);
		});
	}

	/**
	 * Makes a client put its connections in here, and among those of its instance.
	 * @param client a client of one instance
	 * @param instance the connections to that
	 * @return the client to use
	 */
	public HttpClient track(HttpClient client, InstanceChannels instance) {
		return client.doOnChannelInit((observer, channel, address) -> {
			ConnectionGuard.install(channel, instance);
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
