package io.eas.loadbalancer.selection;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.eas.instance.EasInstance;
import io.eas.loadbalancer.InstanceState;
import org.jspecify.annotations.Nullable;

/**
 * What a pick looks at of an instance, and what it gives: the attempts in flight, where
 * the instance stands, what it is. A class of its own so that all this lies side by side,
 * at the beginning of the object: with thousands of instances a pick costs what it reads
 * of memory. Thread-safe, without locks.
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

	/** Takes the instance as a newer list has it. */
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

	/** One more attempt is in flight. */
	final void enter() {
		IN_FLIGHT.getAndIncrement(this);
	}

	/**
	 * One attempt less is in flight.
	 * @return how many there still are
	 */
	final int leave() {
		return IN_FLIGHT.decrementAndGet(this);
	}

	/** Where the instance stands. */
	final EjectionState ejectionState() {
		return this.ejectionState;
	}

	final boolean isLive() {
		return this.ejectionState == EjectionState.LIVE;
	}

	/**
	 * Moves the instance on.
	 * @return false if someone else was faster
	 */
	final boolean move(EjectionState from, EjectionState to) {
		return EJECTION_STATE.compareAndSet(this, from, to);
	}

	/**
	 * Whether the instance takes a pick. Changes nothing.
	 * @param now the time
	 * @param random a number drawn from 0 to 1
	 */
	final boolean accepts(long now, double random) {
		return random < ejectionState().acceptance(now);
	}

	/**
	 * Gives the instance a pick. Only one can have an ejected instance's trial; anything
	 * else is anybody's.
	 * @param now the time
	 * @return false if it is ejected and this pick isn't its trial
	 */
	final boolean claim(long now) {
		EjectionState current = ejectionState();
		EjectionState next = current.taken(now);
		boolean moved = next != current && move(current, next);
		return moved || !(current instanceof EjectionState.Ejected);
	}

}
