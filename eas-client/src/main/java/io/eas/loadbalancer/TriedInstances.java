package io.eas.loadbalancer;

import java.util.Arrays;

import io.eas.instance.EasInstance;
import org.jspecify.annotations.Nullable;

/**
 * The instances that one call has already tried, in order, so that the next attempt can
 * skip them. An instance that was tried twice is contained twice. Belongs to one call;
 * not thread-safe.
 */
public final class TriedInstances {

	private static final EasInstance[] EMPTY = new EasInstance[0];

	private static final TriedInstances NONE = new TriedInstances();

	private EasInstance[] tried = EMPTY;

	private int size;

	/**
	 * Returns the shared empty object of all calls that have made no attempt yet.
	 * @return an object to which nothing can be added; always the same object
	 */
	public static TriedInstances none() {
		return NONE;
	}

	/**
	 * Adds an attempt.
	 * @param instance the instance that the attempt went to
	 * @throws IllegalStateException if this object is {@link #none()}
	 */
	public void add(EasInstance instance) {
		if (this == NONE) {
			throw new IllegalStateException("TriedInstances.none() is shared by all calls; nothing can be added to it");
		}
		if (this.size == this.tried.length) {
			this.tried = Arrays.copyOf(this.tried, Math.max(2, 2 * this.size));
		}
		this.tried[this.size++] = instance;
	}

	/**
	 * Returns the number of attempts.
	 * @return the number; 0 before the first attempt
	 */
	public int size() {
		return this.size;
	}

	/**
	 * Returns the instance that an attempt went to.
	 * @param index the index of the attempt; 0 for the first
	 * @return the instance
	 */
	public EasInstance get(int index) {
		return this.tried[index];
	}

	/**
	 * Returns the instance that the last attempt went to.
	 * @return the instance, or null before the first attempt
	 */
	public @Nullable EasInstance last() {
		return (this.size > 0) ? this.tried[this.size - 1] : null;
	}

	/**
	 * Returns whether an attempt went to an instance.
	 * @param instance the instance
	 * @return true if the instance was tried
	 */
	public boolean contains(EasInstance instance) {
		for (int i = 0; i < this.size; i++) {
			if (this.tried[i].equals(instance)) {
				return true;
			}
		}
		return false;
	}

}
