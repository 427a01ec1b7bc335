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

	private static final AtomicReferenceFieldUpdater<InstanceUse, Standing> STANDING = AtomicReferenceFieldUpdater
		.newUpdater(InstanceUse.class, Standing.class, "standing");

	private volatile int inFlight;

	private volatile Standing standing;

	private volatile EasInstance instance;

	private volatile @Nullable Object attachment;

	InstanceUse(EasInstance instance, Standing standing) {
		this.instance = instance;
		this.standing = standing;
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
	final Standing standing() {
		return this.standing;
	}

	final boolean isLive() {
		return this.standing == Standing.LIVE;
	}

	/**
	 * Moves the instance on.
	 * @return false if someone else was faster
	 */
	final boolean move(Standing from, Standing to) {
		return STANDING.compareAndSet(this, from, to);
	}

	/**
	 * Whether the instance takes a pick. Changes nothing.
	 * @param now the time
	 * @param random a number drawn from 0 to 1
	 */
	final boolean accepts(long now, double random) {
		return random < standing().acceptance(now);
	}

	/**
	 * Gives the instance a pick. Only one can have an ejected instance's trial; anything
	 * else is anybody's.
	 * @param now the time
	 * @return false if it is ejected and this pick isn't its trial
	 */
	final boolean claim(long now) {
		Standing current = standing();
		Standing next = current.taken(now);
		boolean moved = next != current && move(current, next);
		return moved || !(current instanceof Standing.Ejected);
	}

}
