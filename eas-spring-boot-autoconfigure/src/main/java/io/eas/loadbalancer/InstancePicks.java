package io.eas.loadbalancer;

import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList;
import org.jspecify.annotations.Nullable;

/**
 * The picks of one service over its changing list. Lock-free: the picker is made by
 * whoever first sees a new list, and kept until the list changes again.
 */
public final class InstancePicks {

	private final InstancePicker.Factory algorithm;

	private volatile @Nullable InstancePicker picker;

	/**
	 * Picks of one service.
	 * @param algorithm how to pick
	 */
	public InstancePicks(InstancePicker.Factory algorithm) {
		this.algorithm = algorithm;
	}

	/**
	 * Picks the instance for the next attempt of a call.
	 * @param list the current list
	 * @param tried what the call has tried
	 * @return an instance of the list
	 */
	@SuppressWarnings("ReferenceEquality") // an unchanged list is the same object
	public EasInstance pick(InstanceList list, TriedInstances tried) {
		InstancePicker current = this.picker;
		if (current == null || current.list() != list) {
			current = this.algorithm.create(list);
			this.picker = current;
		}
		return current.pick(tried);
	}

}
