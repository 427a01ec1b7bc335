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
 * Looks after the connections and calls of instances that are ejected. Thread-safe.
 *
 * <ul>
 * <li>Its idle connections are closed: they may lead to what is no longer there, so its
 * trial goes over a new one.
 * <li>The calls that have waited there for longer than the selector's
 * {@linkplain InstanceSelector#stallLimit limit} go on elsewhere, as soon as they have
 * and for as long as it is out: it stands still, or nothing gets there any more. Only
 * calls that may be carried out twice do, and only where there is another instance in
 * use, and the retry budget allows it.
 * <li>If it takes no connection, {@link ConnectionChecks} try one now and then.
 * </ul>
 */
public final class EjectedInstances implements EjectionListener {

	/** Waiting calls are looked at so often within the time that they may wait. */
	private static final int LOOKS = 4;

	private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

	private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(500);

	private final Scheduler timer;

	private final ConnectionChecks checks;

	private final Set<EasInstance> watched = ConcurrentHashMap.newKeySet();

	private volatile @Nullable Parts parts;

	/**
	 * Nothing is looked after yet.
	 * @param network what connections are checked through
	 * @param connectTimeout the longest that a connection may take
	 */
	public EjectedInstances(Network network, Duration connectTimeout) {
		this.timer = network.timer();
		this.checks = new ConnectionChecks(network, connectTimeout);
	}

	/** Looks after instances from now on. */
	void start(InstanceSelector selector, InstanceTransport transport) {
		this.parts = new Parts(selector, transport);
		this.checks.start(selector);
	}

	/** Leaves all of them alone, until the next start. */
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
		if (cause != Cause.WRONG_ANSWERS && this.watched.add(instance)) {
			look(instance);
		}
		if (cause == Cause.NO_CONNECTION) {
			this.checks.begin(instance);
		}
	}

	/** What is under way finds it out. */
	@Override
	public void restored(EasInstance instance) {
	}

	private void look(EasInstance instance) {
		Parts known = this.parts;
		if (known == null || !known.isOut(instance)) {
			this.watched.remove(instance);
			if (known != null && known.isOut(instance) && this.watched.add(instance)) {
				// it was left out again in between
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
	 * What is there from start to stop.
	 *
	 * @param selector knows what is ejected
	 * @param transport has the connections
	 */
	private record Parts(InstanceSelector selector, InstanceTransport transport) {

		boolean isOut(EasInstance instance) {
			return this.selector.ejectionCause(instance) != null;
		}

	}

}
