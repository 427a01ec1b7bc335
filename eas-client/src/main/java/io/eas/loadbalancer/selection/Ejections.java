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
import io.eas.loadbalancer.selection.EjectionState.Ejected;
import io.eas.loadbalancer.selection.EjectionState.Ramping;
import org.jspecify.annotations.Nullable;

/**
 * Who of a service's instances is left out. The last one in use never is.
 *
 * <p>
 * An instance that takes no connection, or whose connections break, is <em>dead</em>: it
 * goes whatever its share. One that is only in <em>doubt</em> may go while the weight of
 * all that are in doubt stays within the largest share of what isn't dead, or if it is
 * the only one; where it may not, others are preferred for a short time, again and again
 * ({@link OutlierDetection}). Where a new list, or the death of others, makes those in
 * doubt too many, they are used again (panic), and the dead are not.
 *
 * <p>
 * Changes are made under a lock, which is asked for by failures, and by attempts that
 * find no instance in use that their call hasn't tried; the listener is told outside of
 * it.
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

	/** Members that take traffic, ejected or not. */
	private volatile int carrying;

	private volatile long weightOfAll;

	private volatile long weightOut;

	/** Members that take traffic and aren't out. */
	private volatile int live;

	private volatile boolean panic;

	Ejections(SelectionSettings settings, EjectionListener listener, Supplier<RandomGenerator> random) {
		this.settings = settings.ejection();
		this.slowStart = settings.slowStart().toNanos();
		this.awaiting = settings.checksConnections();
		this.listener = listener;
		this.random = random;
	}

	/** Whether those that are out by doubt are used all the same. */
	boolean isPanic() {
		return this.panic;
	}

	/** How many instances take traffic, ejected or not. */
	int carrying() {
		return this.carrying;
	}

	/** How many instances that take traffic are not out. */
	int live() {
		return this.live;
	}

	/** The weight of all that are not left out. */
	long weightInUse() {
		return this.weightOfAll - this.weightOut;
	}

	/** Whether any may be left out by doubt. */
	boolean doubts() {
		return this.settings.enabled() && this.settings.maxPercent() > 0;
	}

	int consecutiveFailures() {
		return this.settings.consecutiveFailures();
	}

	/** The number of a list's instances that are left out. */
	synchronized int countIn(InstanceList list) {
		return (int) Stream.concat(this.doubted.states.stream(), this.dead.states.stream())
			.filter((state) -> Collections.binarySearch(list.instances(), state.instance()) >= 0)
			.count();
	}

	/** The instances that count from now on. */
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
	 * Leaves an instance out, if that is allowed.
	 * @param state the instance
	 * @param started when the attempt began that says so
	 * @param now the time
	 * @param cause why
	 * @param reason why, for people
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
	 * One that is out fails its trial, or turns out to be dead where there was doubt;
	 * that is no other ejection.
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

	/** An instance is in doubt that may not be left out, and others are preferred. */
	void tellAvoided(TrackedInstance state, Cause cause, String reason) {
		this.listener.avoided(state.instance(), cause, reason);
	}

	/** Takes an instance back, through a slow start. */
	void restore(TrackedInstance state, long now) {
		if (takeBack(state, now)) {
			this.listener.restored(state.instance());
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
	 * Finds where a call goes that has tried all that are in use: to one in doubt rather
	 * than to a dead one, and to the one that has got no such call for longest.
	 * @return null if it has tried all that are out
	 */
	synchronized @Nullable TrackedInstance lastResort(TriedInstances tried) {
		TrackedInstance found = this.doubted.next(tried);
		return (found != null) ? found : this.dead.next(tried);
	}

	/** Whether an instance is left out by doubt only that a call hasn't tried. */
	synchronized boolean hasDoubted(TriedInstances tried) {
		return this.doubted.any(tried) != null;
	}

	/** How an instance is taken that is new or back. */
	EjectionState entering(long now) {
		return (this.slowStart > 0) ? new Ramping(now, now + this.slowStart) : EjectionState.LIVE;
	}

	/**
	 * Whether an instance may be left out for a cause.
	 * @param others how many others are in use
	 */
	private boolean mayGo(TrackedInstance state, Cause cause, int others) {
		long weight = weight(state);
		return weight > 0 && others > 0 && (!cause.isDoubt() || state.instance().omitted() || mayBeDoubted(weight));
	}

	private boolean mayBeDoubted(long weight) {
		return this.settings.maxPercent() > 0
				&& (this.doubted.carrying == 0 || !isTooMuch(this.doubted.weight + weight));
	}

	/** Whether this much in doubt is too much of all that isn't dead. */
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
	 * Instances that are out for a cause of one kind, those first that have been without
	 * an ejection or a call of the {@link #lastResort} for longest. Guarded by the lock.
	 */
	private final class Group {

		private final Set<TrackedInstance> states = new LinkedHashSet<>();

		private long weight;

		/** Those that take traffic. */
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
