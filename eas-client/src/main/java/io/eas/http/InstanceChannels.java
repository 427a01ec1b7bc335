package io.eas.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.netty.channel.Channel;
import reactor.util.context.ContextView;

/**
 * The open connections to one instance, whether in use or not. This collection adds no
 * cost to a request; operations on all connections take time proportional to their
 * number. Thread-safe.
 */
public final class InstanceChannels {

	private final int acknowledgeMillis;

	private final LongSupplier clock;

	private final Set<OpenConnection> open = ConcurrentHashMap.newKeySet();

	/**
	 * Creates an object without connections.
	 * @param acknowledge how long data may stay unacknowledged before the connection is
	 * considered broken, if the operating system supports that; zero for the system's
	 * default
	 * @param clock the clock that measures how long a connection is idle, in nanoseconds
	 */
	public InstanceChannels(Duration acknowledge, LongSupplier clock) {
		this.clock = clock;
		this.acknowledgeMillis = (int) Math.min(acknowledge.toMillis(), Integer.MAX_VALUE);
	}

	@SuppressWarnings("FutureReturnValueIgnored") // the future of a listener
	OpenConnection add(Channel channel) {
		OpenConnection connection = new OpenConnection(channel, this.acknowledgeMillis, this.clock);
		this.open.add(connection);
		channel.closeFuture().addListener((closed) -> this.open.remove(connection));
		return connection;
	}

	/**
	 * Returns the number of connections.
	 * @return the number, including connections that are being opened
	 */
	public int size() {
		return this.open.size();
	}

	/**
	 * Closes idle connections immediately, and all other connections after their
	 * responses. No call fails because of this: a call that is just acquiring an idle
	 * connection gets another connection.
	 */
	public void closeOnceIdle() {
		this.open.forEach((connection) -> guarded(connection::closeOnceIdle));
	}

	/**
	 * Closes connections that have been idle for some time. No call fails because of
	 * that.
	 * @param nanos the minimum idle time, in nanoseconds
	 */
	public void closeIdle(long nanos) {
		this.open.forEach((connection) -> guarded(() -> connection.closeIfIdle(nanos)));
	}

	/**
	 * Visits the requests in flight, each on the event loop of its connection.
	 * @param visitor receives the context of each request
	 */
	public void forEachRequest(Consumer<ContextView> visitor) {
		this.open.forEach((connection) -> guarded(() -> connection.channel().eventLoop().execute(() -> {
			ContextView request = connection.request();
			if (request != null) {
				visitor.accept(request);
			}
		})));
	}

	/**
	 * Runs an action. If the event loop rejects it, nothing is left to do, because an
	 * event loop closes its connections when it shuts down.
	 */
	private static void guarded(Runnable action) {
		try {
			action.run();
		}
		catch (RejectedExecutionException ex) {
			// nothing to do
		}
	}

}
