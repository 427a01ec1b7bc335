package io.eas.loadbalancer;

import java.util.Arrays;

import io.eas.instance.EasInstance;
import org.jspecify.annotations.Nullable;

/**
 * The instances that one call has tried, in order, so that its next attempt leaves them
 * out. An instance tried twice is in it twice. Belongs to one call; not thread-safe.
 */
public final class TriedInstances {

	private static final EasInstance[] EMPTY = new EasInstance[0];

	private static final TriedInstances NONE = new TriedInstances();

	private EasInstance[] tried = EMPTY;

	private int size;

	/**
	 * Those of a call that has tried nothing yet.
	 * @return always the same, for all calls; nothing can be added to it
	 */
	public static TriedInstances none() {
		return NONE;
	}

	/**
	 * Takes note of an attempt.
	 * @param instance where it went
	 * @throws IllegalStateException if these are {@link #none()}
	 */
	public void add(EasInstance instance) {
		if (this == NONE) {
			throw new IllegalStateException("nothing can be added to what is shared by all calls");
		}
		if (this.size == this.tried.length) {
			this.tried = Arrays.copyOf(this.tried, Math.max(2, 2 * this.size));
		}
		this.tried[this.size++] = instance;
	}

	/**
	 * The number of attempts.
	 * @return 0 before the first
	 */
	public int size() {
		return this.size;
	}

	/**
	 * Where one attempt went.
	 * @param index 0 for the first attempt
	 * @return the instance
	 */
	public EasInstance get(int index) {
		return this.tried[index];
	}

	/**
	 * Where the newest attempt went.
	 * @return the instance, or null before the first
	 */
	public @Nullable EasInstance last() {
		return (this.size > 0) ? this.tried[this.size - 1] : null;
	}

	/**
	 * Whether there was an attempt on an instance.
	 * @param instance the instance
	 * @return true if it was tried
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
