package io.eas.loadbalancer;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

import io.eas.loadbalancer.Standing.Ejected;
import io.eas.loadbalancer.Standing.Ramping;

/**
 * Who of a service's instances is left out: never more than the largest share, never the
 * last one. Where a new list leaves too few others, all are used, ejected or not. Changes
 * are made under a lock, which is asked for by failures and not by picks.
 */
final class Ejections {

	private final EjectionSettings settings;

	private final long slowStart;

	private final EjectionListener listener;

	private final RandomSource random;

	private Set<InstanceState> members = Set.of();

	private final Set<InstanceState> out = new HashSet<>();

	private boolean drained;

	private volatile long weightOfAll;

	private volatile long weightOut;

	/** Members that take traffic, ejected or not. */
	private long carrying;

	private volatile boolean panic;

	Ejections(EjectionSettings settings, Duration slowStart, EjectionListener listener, RandomSource random) {
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

	/** The number of instances that are left out. */
	synchronized int size() {
		return this.out.size();
	}

	/** The instances that count from now on. */
	synchronized void renew(Collection<InstanceState> newest) {
		this.members = Set.copyOf(newest);
		this.out.retainAll(this.members);
		this.drained = newest.stream().allMatch((state) -> state.instance().weight() == 0);
		this.weightOfAll = newest.stream().mapToLong(this::weight).sum();
		this.weightOut = this.out.stream().mapToLong(this::weight).sum();
		this.carrying = newest.stream().filter((state) -> weight(state) > 0).count();
		this.panic = isTooMuch(this.weightOut);
	}

	/**
	 * Leaves an instance out, if that is allowed.
	 * @param state the instance
	 * @param started when the attempt began that says so
	 * @param now the time
	 * @param brief whether it only refused a connection
	 * @param reason why
	 */
	synchronized void eject(InstanceState state, long started, long now, boolean brief, String reason) {
		Standing before = state.standing();
		boolean allowed = (before instanceof Ejected ejected) ? ejected.isTrial(started) : mayGo(state);
		if (!allowed || !this.settings.enabled()) {
			return;
		}
		state.ejected(now, this.settings.maxTime().toNanos());
		long nanos = this.settings.nanosOut(state.ejections() - 1, brief, this.random.get().nextDouble());
		if (state.move(before, new Ejected(now, nanos, state.ejections(), reason))) {
			this.weightOut += this.out.add(state) ? weight(state) : 0;
			this.listener.ejected(state.instance(), reason, Duration.ofNanos(nanos));
		}
	}

	/** Takes an instance back, through a slow start. */
	synchronized void restore(InstanceState state, long now) {
		if (state.standing() instanceof Ejected ejected && state.move(ejected, entering(now))) {
			state.restored(now);
			this.weightOut -= this.out.remove(state) ? weight(state) : 0;
			this.panic = isTooMuch(this.weightOut);
			this.listener.restored(state.instance());
		}
	}

	/** How an instance is taken that is new or back. */
	Standing entering(long now) {
		return (this.slowStart > 0) ? new Ramping(now, now + this.slowStart) : Standing.LIVE;
	}

	private boolean mayGo(InstanceState state) {
		return this.members.contains(state) && this.out.size() + 1 < this.carrying
				&& !isTooMuch(this.weightOut + weight(state));
	}

	private boolean isTooMuch(long weight) {
		return weight * 100 > this.settings.maxPercent() * this.weightOfAll;
	}

	private long weight(InstanceState state) {
		return this.drained ? 1 : state.instance().weight();
	}

}
