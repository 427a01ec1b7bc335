package io.eas.client.call;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.eas.client.call.ServiceClient.Network;
import io.eas.instance.EasInstance;
import io.eas.loadbalancer.EjectionListener;
import io.eas.loadbalancer.selection.InstanceSelector;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * Handles the connections and calls of ejected instances. Thread-safe.
 *
 * <ul>
 * <li>The idle connections of an ejected instance are closed. They may lead to a server
 * that no longer exists, so the trial of the instance uses a new connection.
 * <li>Calls that have waited on the instance for longer than the selector's
 * {@linkplain InstanceSelector#stallLimit stall limit} move to another instance. The
 * waiting calls are checked repeatedly while the instance is ejected, unless it was
 * ejected manually or because of wrong answers. A call moves only if it is idempotent,
 * another instance is in use, and the retry budget allows it.
 * <li>If the instance accepts no connections, {@link ConnectionChecks} tries to connect
 * from time to time.
 * </ul>
 */
public final class EjectedInstances implements EjectionListener {

	/** The number of checks of waiting calls within the stall limit. */
	private static final int LOOKS = 4;

	private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

	private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(500);

	private final Scheduler timer;

	private final ConnectionChecks checks;

	private final Set<EasInstance> watched = ConcurrentHashMap.newKeySet();

	private volatile @Nullable Parts parts;

	/**
	 * Creates an object that handles no instance yet.
	 * @param network the infrastructure for connection checks
	 * @param connectTimeout the limit for establishing a connection
	 */
	public EjectedInstances(Network network, Duration connectTimeout) {
		this.timer = network.timer();
		this.checks = new ConnectionChecks(network, connectTimeout);
	}

	/** Starts handling ejected instances. */
	void start(InstanceSelector selector, InstanceTransport transport) {
		this.parts = new Parts(selector, transport);
		this.checks.start(selector);
	}

	/** Stops handling ejected instances until the next start. */
	void stop() {
		this.parts = null;
		this.watched.clear();
		this.checks.stop();
	}

	@Override
	public void ejected(EasInstance instance, Cause cause, String reason, Duration time, boolean again) {
		Parts known = this.parts;
		if (known == null) {
			return;
		}
		known.transport.closeOnceIdle(instance);
		if (cause != Cause.WRONG_ANSWERS && cause != Cause.MANUAL && this.watched.add(instance)) {
			look(instance);
		}
		if (cause == Cause.NO_CONNECTION) {
			this.checks.begin(instance);
		}
	}

	/** Does nothing: the repeated checks notice that the instance is in use again. */
	@Override
	public void restored(EasInstance instance) {
	}

	private void look(EasInstance instance) {
		Parts known = this.parts;
		if (known == null || !known.isOut(instance)) {
			this.watched.remove(instance);
			if (known != null && known.isOut(instance) && this.watched.add(instance)) {
				// the instance was ejected again in the meantime
				look(instance);
			}
			return;
		}
		long limit = known.selector.stallLimit(instance);
		try {
			known.transport.moveWaiting(instance, limit);
			this.timer.schedule(() -> look(instance), Math.min(LONGEST_PAUSE, Math.max(SHORTEST_PAUSE, limit / LOOKS)),
					TimeUnit.NANOSECONDS);
		}
		catch (RejectedExecutionException ex) {
			// the application is stopping
			this.watched.remove(instance);
		}
	}

	/**
	 * The collaborators between a start and the next stop.
	 *
	 * @param selector knows which instances are ejected
	 * @param transport has the connections
	 */
	private record Parts(InstanceSelector selector, InstanceTransport transport) {

		boolean isOut(EasInstance instance) {
			return this.selector.ejectionCause(instance) != null;
		}

	}

}
