package io.eas.http;

import java.util.function.LongSupplier;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.channel.ChannelOperations;
import reactor.util.context.ContextView;

/**
 * The state of a connection to an instance, apart from its current request: whether the
 * connection is idle, and for how long. {@link ConnectionGuard} reports the requests and
 * responses of the connection. Thread-safe, except for methods and fields that are marked
 * as confined to the event loop.
 *
 * <p>
 * If the operating system supports {@code TCP_USER_TIMEOUT} (RFC 5482), data that isn't
 * acknowledged in time breaks the connection. This distinguishes lost packets from a slow
 * instance, whose operating system acknowledges the data. The timeout also runs while the
 * receiver's buffer is full, so it is used only for requests that fit into that buffer.
 */
final class OpenConnection {

	/**
	 * The options of epoll and io_uring, by name, since these transports may not be on
	 * the class path.
	 */
	private static final ChannelOption<?>[] USER_TIMEOUT = {
			ChannelOption.valueOf("io.netty.channel.epoll.EpollChannelOption#TCP_USER_TIMEOUT"),
			ChannelOption.valueOf("io.netty.channel.uring.IoUringChannelOption#TCP_USER_TIMEOUT") };

	/**
	 * Marks a connection in use: a time that the clock won't reach for centuries.
	 */
	private static final long BUSY = Long.MAX_VALUE;

	private final Channel channel;

	private final int acknowledgeMillis;

	private final LongSupplier clock;

	/**
	 * The time from which the connection has been idle; {@link #BUSY} before its first
	 * request and during each request.
	 */
	private volatile long idleSince = BUSY;

	/** Confined to the event loop. */
	private boolean watched;

	OpenConnection(Channel channel, int acknowledgeMillis, LongSupplier clock) {
		this.channel = channel;
		this.acknowledgeMillis = acknowledgeMillis;
		this.clock = clock;
		watch(true);
	}

	/**
	 * Returns how long the connection has been idle. Must be called before the next
	 * request is written.
	 * @return nanoseconds; negative if this is the first request
	 */
	long idleNanos() {
		long since = this.idleSince;
		return (since != BUSY) ? Math.max(0, this.clock.getAsLong() - since) : -1;
	}

	/** Called when a request is written. Confined to the event loop. */
	void requested(boolean large) {
		this.idleSince = BUSY;
		watch(!large);
	}

	/** Called when the end of a response is passed on. Confined to the event loop. */
	void answered() {
		this.idleSince = this.clock.getAsLong();
	}

	/**
	 * Sets the timeout only if it changes: once per connection, unless small and large
	 * requests alternate.
	 */
	private void watch(boolean wanted) {
		if (wanted != this.watched && this.acknowledgeMillis > 0) {
			this.watched = wanted;
			for (ChannelOption<?> option : USER_TIMEOUT) {
				set(option, wanted ? this.acknowledgeMillis : 0);
			}
		}
	}

	@SuppressWarnings("unchecked") // both options have integer values
	private void set(ChannelOption<?> option, int millis) {
		try {
			this.channel.config().setOption((ChannelOption<Integer>) option, millis);
		}
		catch (ChannelException ex) {
			// the connection has just been closed
		}
	}

	/**
	 * Closes the connection at once if it is idle, or else after the current response.
	 */
	void closeOnceIdle() {
		// from here on, the pool doesn't give this connection to a call
		Connection.from(this.channel).markPersistent(false);
		this.channel.eventLoop().execute(this::closeIfIdle);
	}

	/**
	 * Closes the connection if it has been idle for at least the given time, in
	 * nanoseconds.
	 */
	void closeIfIdle(long nanos) {
		if (idleNanos() >= nanos) {
			closeOnceIdle();
		}
	}

	/**
	 * Closes the connection if it is still idle. Confined to the event loop: there, a
	 * request acquires an idle connection in a single step, so the connection can't be
	 * acquired between the check and the close.
	 */
	@SuppressWarnings("FutureReturnValueIgnored") // the channel's closeFuture is enough
	private void closeIfIdle() {
		if (this.idleSince != BUSY) {
			this.channel.close();
		}
	}

	/**
	 * Returns the context of the request in flight, or null if there is none. Confined to
	 * the event loop.
	 */
	@Nullable ContextView request() {
		ChannelOperations<?, ?> operations = (this.idleSince == BUSY) ? ChannelOperations.get(this.channel) : null;
		return (operations != null) ? operations.currentContext() : null;
	}

	Channel channel() {
		return this.channel;
	}

}
