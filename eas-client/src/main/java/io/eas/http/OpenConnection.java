package io.eas.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.channel.ChannelOperations;
import reactor.util.context.ContextView;

/**
 * A connection to an instance, as all but its own request see it: whether it is idle, and
 * for how long. {@link ConnectionGuard} tells it of requests and answers. Thread-safe;
 * what is said to be of the event loop is for that only.
 *
 * <p>
 * Where the system can, data that isn't acknowledged in time breaks the connection
 * ({@code TCP_USER_TIMEOUT}, RFC 5482): packets that get lost are told from an instance
 * that takes its time, whose system acknowledges. The same limit counts for a receiver
 * that takes nothing more for now, so it holds only for requests that fit into its
 * buffer.
 */
final class OpenConnection {

	/** Of epoll and io_uring; no class of theirs is needed, which need not be there. */
	private static final ChannelOption<?>[] USER_TIMEOUT = {
			ChannelOption.valueOf("io.netty.channel.epoll.EpollChannelOption#TCP_USER_TIMEOUT"),
			ChannelOption.valueOf("io.netty.channel.uring.IoUringChannelOption#TCP_USER_TIMEOUT") };

	/** A time that {@link System#nanoTime} doesn't give within centuries. */
	private static final long BUSY = Long.MAX_VALUE;

	private final Channel channel;

	private final int acknowledgeMillis;

	/** Since when it waits for its next request; busy until it has had the first. */
	private volatile long idleSince = BUSY;

	/** Of the event loop. */
	private boolean watched;

	OpenConnection(Channel channel, int acknowledgeMillis) {
		this.channel = channel;
		this.acknowledgeMillis = acknowledgeMillis;
		watch(true);
	}

	/**
	 * How long it has been idle until its next request, which is about to be written.
	 * @param now the time, as of {@link System#nanoTime}
	 * @return nanoseconds, less than 0 if this is its first request
	 */
	long idleNanos(long now) {
		long since = this.idleSince;
		return (since != BUSY) ? Math.max(0, now - since) : -1;
	}

	/** A request is being written. Of the event loop. */
	void requested(boolean large) {
		this.idleSince = BUSY;
		watch(!large);
	}

	/** The whole answer has been told. Of the event loop. */
	void answered() {
		this.idleSince = System.nanoTime();
	}

	/**
	 * A connection pays for this once, unless its requests are small and large in turns.
	 */
	private void watch(boolean wanted) {
		if (wanted != this.watched && this.acknowledgeMillis > 0) {
			this.watched = wanted;
			for (ChannelOption<?> option : USER_TIMEOUT) {
				set(option, wanted ? this.acknowledgeMillis : 0);
			}
		}
	}

	@SuppressWarnings("unchecked") // both are of integers
	private void set(ChannelOption<?> option, int millis) {
		try {
			this.channel.config().setOption((ChannelOption<Integer>) option, millis);
		}
		catch (ChannelException ex) {
			// it has just been closed
		}
	}

	/**
	 * Closes the connection if it is idle, and has it closed after its answer if it
	 * isn't.
	 */
	void closeOnceIdle() {
		// the pool doesn't give it to a call from here on
		Connection.from(this.channel).markPersistent(false);
		this.channel.eventLoop().execute(this::closeIfIdle);
	}

	/** Closes the connection if it has been idle for that many nanoseconds. */
	void closeIfIdle(long nanos, long now) {
		if (idleNanos(now) >= nanos) {
			closeOnceIdle();
		}
	}

	/** Of the event loop, on which a request takes an idle connection in one step. */
	@SuppressWarnings("FutureReturnValueIgnored") // the channel's own end is all there is
	private void closeIfIdle() {
		if (this.idleSince != BUSY) {
			this.channel.close();
		}
	}

	/** The context of the request under way, if there is one. Of the event loop. */
	@Nullable ContextView request() {
		ChannelOperations<?, ?> operations = (this.idleSince == BUSY) ? ChannelOperations.get(this.channel) : null;
		return (operations != null) ? operations.currentContext() : null;
	}

	Channel channel() {
		return this.channel;
	}

}
