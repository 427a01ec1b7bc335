package io.eas.loadbalancer.selection;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.eas.instance.EasInstance;
import io.eas.loadbalancer.EjectionListener.Cause;
import io.eas.loadbalancer.InstanceState;
import io.eas.loadbalancer.selection.EjectionState.Avoided;
import io.eas.loadbalancer.selection.EjectionState.Ejected;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an instance that a pick reads: the attempts in flight, the ejection state
 * and the instance itself. They are in a superclass so that they lie next to each other
 * at the beginning of the object, because with thousands of instances the memory reads
 * dominate the cost of a pick. Thread-safe and lock-free.
 */
abstract sealed class InstanceUse implements InstanceState permits TrackedInstance {

	private static final AtomicIntegerFieldUpdater<InstanceUse> IN_FLIGHT = AtomicIntegerFieldUpdater
		.newUpdater(InstanceUse.class, "inFlight");

	private static final AtomicReferenceFieldUpdater<InstanceUse, EjectionState> EJECTION_STATE = AtomicReferenceFieldUpdater
		.newUpdater(InstanceUse.class, EjectionState.class, "ejectionState");

	private volatile int inFlight;

	private volatile EjectionState ejectionState;

	private volatile EasInstance instance;

	private volatile @Nullable Object attachment;

	InstanceUse(EasInstance instance, EjectionState ejectionState) {
		this.instance = instance;
		this.ejectionState = ejectionState;
	}

	@Override
	public final EasInstance instance() {
		return this.instance;
	}

	/**
	 * Replaces the instance by the same instance of a newer list, whose weight may
	 * differ.
	 */
	final void renew(EasInstance newest) {
		this.instance = newest;
	}

	@Override
	public final @Nullable Object attachment() {
		return this.attachment;
	}

	@Override
	public final void attach(Object made) {
		this.attachment = made;
	}

	@Override
	public final int inFlight() {
		return this.inFlight;
	}

	/** Records that an attempt has started. */
	final void enter() {
		IN_FLIGHT.getAndIncrement(this);
	}

	/**
	 * Records that an attempt has ended.
	 * @return the number of attempts that are still in flight
	 */
	final int leave() {
		return IN_FLIGHT.decrementAndGet(this);
	}

	/** Returns the current ejection state. */
	final EjectionState ejectionState() {
		return this.ejectionState;
	}

	final boolean isLive() {
		return this.ejectionState == EjectionState.LIVE;
	}

	final boolean isEjected() {
		return ejectionCause() != null;
	}

	/** Returns why the instance is ejected, or null if it isn't. */
	final @Nullable Cause ejectionCause() {
		return (this.ejectionState instanceof Ejected ejected) ? ejected.cause() : null;
	}

	/** Returns whether the instance is ejected, or avoided because of a suspicion. */
	final boolean isShunned(long now) {
		EjectionState current = this.ejectionState;
		return current instanceof Ejected || (current instanceof Avoided avoided && avoided.isDoubted(now));
	}

	/**
	 * Avoids the instance for a short time, unless it is ejected.
	 * @param started the start of the attempt that is the reason
	 * @param now the current time
	 * @param doubted whether the instance is under suspicion
	 * @return whether the instance wasn't avoided before
	 */
	final boolean avoid(long started, long now, boolean doubted) {
		EjectionState current = this.ejectionState;
		if (current instanceof Avoided avoided) {
			move(avoided, avoided.again(started, now, doubted));
			return false;
		}
		return !(current instanceof Ejected) && move(current, Avoided.from(now, doubted));
	}

	/**
	 * Changes the ejection state with a compare-and-set.
	 * @return false if the current state isn't the expected one, since another thread was
	 * faster
	 */
	final boolean move(EjectionState from, EjectionState to) {
		return EJECTION_STATE.compareAndSet(this, from, to);
	}

	/**
	 * Returns whether the instance takes a pick. Has no side effects.
	 * @param now the current time
	 * @param random a random number from 0 to 1
	 */
	final boolean accepts(long now, double random) {
		return random < ejectionState().acceptance(now);
	}

	/**
	 * Claims a pick of the instance. Only one caller can claim the trial of an ejected
	 * instance; a pick of an instance in any other state can always be claimed.
	 * @param now the current time
	 * @return false if the instance is ejected and this pick isn't its trial
	 */
	final boolean claim(long now) {
		EjectionState current = ejectionState();
		EjectionState next = current.taken(now);
		boolean moved = next != current && move(current, next);
		return moved || !(current instanceof Ejected);
	}

}
