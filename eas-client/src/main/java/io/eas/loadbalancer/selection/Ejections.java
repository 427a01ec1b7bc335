package io.eas.loadbalancer.selection;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

import io.eas.instance.InstanceList;
import io.eas.loadbalancer.EjectionListener;
import io.eas.loadbalancer.EjectionListener.Cause;
import io.eas.loadbalancer.EjectionSettings;
import io.eas.loadbalancer.TriedInstances;
import io.eas.loadbalancer.selection.EjectionState.Avoided;
import io.eas.loadbalancer.selection.EjectionState.Ejected;
import io.eas.loadbalancer.selection.EjectionState.Ramping;
import org.jspecify.annotations.Nullable;

/**
 * The ejected instances of a service. The last instance in use is never ejected.
 *
 * <p>
 * An instance that accepts no connection, or whose connections break, is <em>dead</em>:
 * it is ejected whatever its share. An instance that is only suspected to be unhealthy is
 * <em>in doubt</em>: it may be ejected if the weight of all ejected instances in doubt
 * stays within the maximum share of the weight of the instances that aren't dead, or if
 * it is the only one in doubt. If it may not be ejected, it is avoided for short times
 * instead ({@link OutlierDetection}). If a new list, or the death of other instances,
 * makes the share of the instances in doubt too large, these are used again, unlike the
 * dead ones (panic mode). A manually ejected instance counts as dead.
 *
 * <p>
 * Changes are made under a lock. Failures take the lock, and so do attempts whose call
 * has already tried all instances in use. Listeners are called without the lock.
 */
final class Ejections {

	private final EjectionSettings settings;

	private final long slowStart;

	private final boolean awaiting;

	private final EjectionListener listener;

	private final Supplier<RandomGenerator> random;

	private @Nullable ListedCandidates members;

	private final Group doubted = new Group();

	private final Group dead = new Group();

	private boolean drained;

	/** The number of members that take traffic, whether or not they are ejected. */
	private volatile int carrying;

	private volatile long weightOfAll;

	private volatile long weightOut;

	/** The number of members that take traffic and aren't ejected. */
	private volatile int live;

	private volatile boolean panic;

	Ejections(SelectionSettings settings, EjectionListener listener, Supplier<RandomGenerator> random) {
		this.settings = settings.ejection();
		this.slowStart = settings.slowStart().toNanos();
		this.awaiting = settings.checksConnections();
		this.listener = listener;
		this.random = random;
	}

	/** Returns whether ejected instances in doubt are used nevertheless. */
	boolean isPanic() {
		return this.panic;
	}

	/**
	 * Returns the number of instances that take traffic, whether or not they are ejected.
	 */
	int carrying() {
		return this.carrying;
	}

	/** Returns the number of instances that take traffic and aren't ejected. */
	int live() {
		return this.live;
	}

	/** Returns the sum of the weights of the instances in use. */
	long weightInUse() {
		return this.weightOfAll - this.weightOut;
	}

	/** Returns whether instances in doubt may be ejected at all. */
	boolean doubts() {
		return this.settings.enabled() && this.settings.maxPercent() > 0;
	}

	int consecutiveFailures() {
		return this.settings.consecutiveFailures();
	}

	/** Returns the number of instances of a list that are ejected. */
	synchronized int countIn(InstanceList list) {
		return (int) Stream.concat(this.doubted.states.stream(), this.dead.states.stream())
			.filter((state) -> Collections.binarySearch(list.instances(), state.instance()) >= 0)
			.count();
	}

	/** Replaces the list of instances by a new list. */
	synchronized void renew(ListedCandidates newest) {
		this.members = newest;
		this.drained = newest.weight() == 0;
		this.weightOfAll = this.drained ? newest.carrying() : newest.weight();
		this.carrying = newest.carrying();
		this.doubted.renew(newest);
		this.dead.renew(newest);
		update();
	}

	private boolean isMember(TrackedInstance state) {
		return this.members != null && this.members.have(state);
	}

	/**
	 * Ejects an instance, if that is allowed.
	 * @param state the instance
	 * @param started the start of the attempt that is the evidence
	 * @param now the current time
	 * @param cause the cause of the ejection
	 * @param reason the reason as text for the log
	 */
	void eject(TrackedInstance state, long started, long now, Cause cause, String reason) {
		EjectionState before = state.ejectionState();
		Ejected ejected = leaveOut(state, before, started, now, cause, reason);
		if (ejected != null) {
			this.listener.ejected(state.instance(), ejected.cause(), reason, Duration.ofNanos(ejected.nanos()),
					before instanceof Ejected);
		}
	}

	private synchronized @Nullable Ejected leaveOut(TrackedInstance state, EjectionState before, long started, long now,
			Cause cause, String reason) {
		if (!this.settings.enabled() || !isMember(state)) {
			return null;
		}
		Ejected ejected = (before instanceof Ejected out) ? again(state, out, started, now, cause, reason)
				: mayGo(state, cause, this.live - 1) ? ejected(state, now, cause, reason) : null;
		if (ejected == null || !state.move(before, ejected)) {
			return null;
		}
		state.ejected(ejected.times());
		(ejected.isDoubt() ? this.dead : this.doubted).remove(state);
		(ejected.isDoubt() ? this.doubted : this.dead).putLast(state);
		update();
		return ejected;
	}

	/**
	 * Ejects an instance because an operator asked for it, even if ejections are
	 * disabled, and whatever the share of the instance. A current ejection is replaced.
	 * @param time the duration, or null for the longest duration of an ejection
	 * @return false if the instance takes no traffic or is the last one in use
	 */
	boolean ejectManually(TrackedInstance state, long now, @Nullable Duration time) {
		Duration length = (time != null) ? time : this.settings.maxTime();
		String reason = "ejected manually";
		EjectionState before;
		synchronized (this) {
			Ejected ejected = new Ejected(now, length.toNanos(),
					state.nextEjection(now, this.settings.maxTime().toNanos()), Cause.MANUAL, reason, false);
			do {
				before = state.ejectionState();
				int others = (before instanceof Ejected) ? this.live : this.live - 1;
				if (!isMember(state) || !mayGo(state, Cause.MANUAL, others)) {
					return false;
				}
			}
			while (!state.move(before, ejected));
			this.doubted.remove(state);
			this.dead.putLast(state);
			update();
		}
		this.listener.ejected(state.instance(), Cause.MANUAL, reason, length, before instanceof Ejected);
		return true;
	}

	/**
	 * Returns the next state of an instance that is already ejected, or null if nothing
	 * changes. After a failed trial, this is a further ejection. If an instance in doubt
	 * turns out to be dead, it is the same ejection with another cause.
	 */
	private @Nullable Ejected again(TrackedInstance state, Ejected out, long started, long now, Cause cause,
			String reason) {
		if (out.isTrial(started)) {
			boolean kept = !mayGo(state, cause, this.live) && !out.isDoubt();
			return ejected(state, now, kept ? out.cause() : cause, reason);
		}
		boolean worse = out.isDoubt() && !cause.isDoubt() && started - out.since() >= 0;
		return worse ? ejected(now, out.times(), cause, reason) : null;
	}

	private Ejected ejected(TrackedInstance state, long now, Cause cause, String reason) {
		return ejected(now, state.nextEjection(now, this.settings.maxTime().toNanos()), cause, reason);
	}

	private Ejected ejected(long now, int times, Cause cause, String reason) {
		boolean connection = cause == Cause.NO_CONNECTION;
		long nanos = this.settings.nanosOut(times - 1, connection, this.random.get().nextDouble());
		return new Ejected(now, nanos, times, cause, reason, connection && this.awaiting);
	}

	/**
	 * Tells the listener that an instance in doubt, which may not be ejected, is avoided.
	 */
	void tellAvoided(TrackedInstance state, Cause cause, String reason) {
		this.listener.avoided(state.instance(), cause, reason);
	}

	/**
	 * Takes an ejected instance back into use, through a slow start if one is configured.
	 */
	void restore(TrackedInstance state, long now) {
		if (takeBack(state, now)) {
			this.listener.restored(state.instance());
		}
	}

	/**
	 * Takes an instance back because an operator asked for it, without a trial.
	 */
	void restoreManually(TrackedInstance state, long now) {
		boolean restored;
		do {
			restored = takeBack(state, now);
		}
		while (!restored && state.ejectionState() instanceof Ejected);
		if (restored) {
			this.listener.restored(state.instance());
		}
		else if (state.ejectionState() instanceof Avoided avoided) {
			state.move(avoided, EjectionState.LIVE);
		}
	}

	private synchronized boolean takeBack(TrackedInstance state, long now) {
		if (!(state.ejectionState() instanceof Ejected ejected) || !state.move(ejected, entering(now))) {
			return false;
		}
		state.restored(now);
		this.doubted.remove(state);
		this.dead.remove(state);
		update();
		return true;
	}

	/**
	 * Finds an ejected instance for a call that has already tried all instances in use.
	 * Instances in doubt are preferred to dead ones, and among equals the instance that
	 * has received no such call for the longest time is chosen.
	 * @return the instance, or null if the call has tried all ejected instances too
	 */
	synchronized @Nullable TrackedInstance lastResort(TriedInstances tried) {
		TrackedInstance found = this.doubted.next(tried);
		return (found != null) ? found : this.dead.next(tried);
	}

	/**
	 * Returns whether at least one ejected instance in doubt has not been tried by a
	 * call.
	 */
	synchronized boolean hasDoubted(TriedInstances tried) {
		return this.doubted.any(tried) != null;
	}

	/** Returns the first state of an instance that is new, or back from an ejection. */
	EjectionState entering(long now) {
		return (this.slowStart > 0) ? new Ramping(now, now + this.slowStart) : EjectionState.LIVE;
	}

	/**
	 * Returns whether an instance may be ejected for a cause.
	 * @param others the number of other instances in use
	 */
	private boolean mayGo(TrackedInstance state, Cause cause, int others) {
		long weight = weight(state);
		return weight > 0 && others > 0 && (!cause.isDoubt() || state.instance().omitted() || mayBeDoubted(weight));
	}

	private boolean mayBeDoubted(long weight) {
		return this.settings.maxPercent() > 0
				&& (this.doubted.carrying == 0 || !isTooMuch(this.doubted.weight + weight));
	}

	/**
	 * Returns whether a weight of ejected instances in doubt exceeds its maximum share of
	 * the weight of the instances that aren't dead.
	 */
	private boolean isTooMuch(long weight) {
		return weight * 100 > this.settings.maxPercent() * (this.weightOfAll - this.dead.weight);
	}

	private void update() {
		this.live = this.carrying - this.doubted.carrying - this.dead.carrying;
		this.panic = this.live == 0 || (this.doubted.carrying > 1 && isTooMuch(this.doubted.weight));
		this.weightOut = this.dead.weight + (this.panic ? 0 : this.doubted.weight);
	}

	private long weight(TrackedInstance state) {
		return this.drained ? 1 : state.instance().weight();
	}

	/**
	 * The ejected instances that are in doubt, or those that are dead. They are ordered
	 * by the time of their last ejection or {@link #lastResort} call, the oldest first.
	 * Guarded by the lock.
	 */
	private final class Group {

		private final Set<TrackedInstance> states = new LinkedHashSet<>();

		private long weight;

		/** The number of instances that take traffic. */
		private int carrying;

		void putLast(TrackedInstance state) {
			remove(state);
			this.states.add(state);
			count(state, 1);
		}

		void remove(TrackedInstance state) {
			if (this.states.remove(state)) {
				count(state, -1);
			}
		}

		private void count(TrackedInstance state, int change) {
			long each = Ejections.this.weight(state);
			this.weight += change * each;
			this.carrying += (each > 0) ? change : 0;
		}

		void renew(ListedCandidates newest) {
			this.states.removeIf((state) -> !newest.have(state));
			this.weight = 0;
			this.carrying = 0;
			this.states.forEach((state) -> count(state, 1));
		}

		@Nullable TrackedInstance next(TriedInstances tried) {
			TrackedInstance found = any(tried);
			if (found != null) {
				putLast(found);
			}
			return found;
		}

		@Nullable TrackedInstance any(TriedInstances tried) {
			for (TrackedInstance state : this.states) {
				if (Ejections.this.weight(state) > 0 && !tried.contains(state.instance())) {
					return state;
				}
			}
			return null;
		}

	}

}
