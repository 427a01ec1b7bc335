package io.eas.loadbalancer.selection;

import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.eas.instance.InstanceList;
import io.eas.loadbalancer.EjectionListener;
import io.eas.loadbalancer.EjectionListener.Cause;
import io.eas.loadbalancer.EjectionSettings;
import io.eas.loadbalancer.selection.EjectionState.Ejected;
import io.eas.loadbalancer.selection.EjectionState.Ramping;
import org.jspecify.annotations.Nullable;

/**
 * Who of a service's instances is left out: never more than the largest share, never the
 * last one. Where a new list leaves too few others, all are used, ejected or not. Changes
 * are made under a lock, which is asked for by failures and not by picks; the listener is
 * told outside of it.
 */
final class Ejections {

	private final EjectionSettings settings;

	private final long slowStart;

	private final EjectionListener listener;

	private final Supplier<RandomGenerator> random;

	private @Nullable ListedCandidates members;

	private final Set<TrackedInstance> out = new HashSet<>();

	private boolean drained;

	private volatile long weightOfAll;

	private volatile long weightOut;

	/** Members that take traffic, ejected or not. */
	private long carrying;

	/** Those of them that are out. */
	private long carryingOut;

	private volatile boolean panic;

	Ejections(EjectionSettings settings, Duration slowStart, EjectionListener listener,
			Supplier<RandomGenerator> random) {
		this.settings = settings;
		this.slowStart = slowStart.toNanos();
		this.listener = listener;
		this.random = random;
	}

	/** Whether so many are out that all are used. */
	boolean isPanic() {
		return this.panic;
	}

	/** The weight of all that are not left out. */
	long weightInUse() {
		return this.panic ? this.weightOfAll : this.weightOfAll - this.weightOut;
	}

	int consecutiveFailures() {
		return this.settings.consecutiveFailures();
	}

	/** The number of a list's instances that are left out. */
	synchronized int countIn(InstanceList list) {
		return (int) this.out.stream()
			.filter((state) -> Collections.binarySearch(list.instances(), state.instance()) >= 0)
			.count();
	}

	/** The instances that count from now on. */
	synchronized void renew(ListedCandidates newest) {
		this.members = newest;
		this.out.removeIf((state) -> !newest.have(state));
		this.drained = newest.weight() == 0;
		this.weightOfAll = this.drained ? newest.carrying() : newest.weight();
		this.weightOut = this.out.stream().mapToLong(this::weight).sum();
		this.carrying = newest.carrying();
		this.carryingOut = this.out.stream().filter((state) -> weight(state) > 0).count();
		this.panic = isTooMuch(this.weightOut);
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
			this.listener.ejected(state.instance(), cause, reason, Duration.ofNanos(ejected.nanos()),
					before instanceof Ejected);
		}
	}

	private synchronized @Nullable Ejected leaveOut(TrackedInstance state, EjectionState before, long started, long now,
			Cause cause, String reason) {
		boolean allowed = (before instanceof Ejected ejected) ? ejected.isTrial(started) : mayGo(state);
		if (!allowed || !this.settings.enabled() || !isMember(state)) {
			return null;
		}
		int times = state.nextEjection(now, this.settings.maxTime().toNanos());
		long nanos = this.settings.nanosOut(times - 1, cause == Cause.NO_CONNECTION, this.random.get().nextDouble());
		Ejected ejected = new Ejected(now, nanos, times, cause, reason);
		if (!state.move(before, ejected)) {
			return null;
		}
		state.ejected(times);
		count(state, this.out.add(state) ? 1 : 0);
		return ejected;
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
		count(state, this.out.remove(state) ? -1 : 0);
		this.panic = isTooMuch(this.weightOut);
		return true;
	}

	/** One more or fewer is out. */
	private synchronized void count(TrackedInstance state, int change) {
		long weight = weight(state);
		this.weightOut += change * weight;
		this.carryingOut += (weight > 0) ? change : 0;
	}

	/** How an instance is taken that is new or back. */
	EjectionState entering(long now) {
		return (this.slowStart > 0) ? new Ramping(now, now + this.slowStart) : EjectionState.LIVE;
	}

	private boolean mayGo(TrackedInstance state) {
		long weight = weight(state);
		return weight > 0 && this.carryingOut + 1 < this.carrying && !isTooMuch(this.weightOut + weight);
	}

	private boolean isTooMuch(long weight) {
		return weight * 100 > this.settings.maxPercent() * this.weightOfAll;
	}

	private long weight(TrackedInstance state) {
		return this.drained ? 1 : state.instance().weight();
	}

}
