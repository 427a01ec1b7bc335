package io.eas.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import io.netty.channel.Channel;
import reactor.util.context.ContextView;

/**
 * The open connections to one instance, whether a request uses them or not. A request
 * pays nothing for it; what is done with all of them takes as long as they are many.
 * Thread-safe.
 */
public final class InstanceChannels {

	private final int acknowledgeMillis;

	private final Set<OpenConnection> open = ConcurrentHashMap.newKeySet();

	/**
	 * No connection yet.
	 * @param acknowledge for how long data may be unacknowledged before the connection is
	 * taken for broken, where the system can tell; zero for as long as the system says
	 */
	public InstanceChannels(Duration acknowledge) {
		this.acknowledgeMillis = (int) Math.min(acknowledge.toMillis(), Integer.MAX_VALUE);
	}

	@SuppressWarnings("FutureReturnValueIgnored") // of a listener
	OpenConnection add(Channel channel) {
		OpenConnection connection = new OpenConnection(channel, this.acknowledgeMillis);
		this.open.add(connection);
		channel.closeFuture().addListener((closed) -> this.open.remove(connection));
		return connection;
	}

	/**
	 * The number of connections.
	 * @return those that are being opened included
	 */
	public int size() {
		return this.open.size();
	}

	/**
	 * Closes what is idle, and has all others closed once they have their answers. No
	 * call fails for that: one that is just getting such a connection gets another.
	 */
	public void closeOnceIdle() {
		this.open.forEach((connection) -> guarded(connection::closeOnceIdle));
	}

	/**
	 * Closes what has been idle for some time; no call fails for that.
	 * @param nanos how long at least, in nanoseconds
	 */
	public void closeIdle(long nanos) {
		long now = System.nanoTime();
		this.open.forEach((connection) -> guarded(() -> connection.closeIfIdle(nanos, now)));
	}

	/**
	 * Visits the requests under way, each on the event loop of its connection.
	 * @param visitor given the context of each
	 */
	public void forEachRequest(Consumer<ContextView> visitor) {
		this.open.forEach((connection) -> guarded(() -> connection.channel().eventLoop().execute(() -> {
			ContextView request = connection.request();
			if (request != null) {
				visitor.accept(request);
			}
		})));
	}

	/** The event loops end with the application, and close all connections. */
	private static void guarded(Runnable action) {
		try {
			action.run();
		}
		catch (RejectedExecutionException ex) {
			// nothing is left to do
		}
	}

}
