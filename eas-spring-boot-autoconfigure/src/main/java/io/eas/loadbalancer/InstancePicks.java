package io.eas.loadbalancer;

import java.util.concurrent.atomic.AtomicReference;

import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList;
import org.jspecify.annotations.Nullable;

/**
 * The picks of one service over its changing list. Lock-free: the picker is made by
 * whoever first sees a new list, and kept until the list changes again. Of several made
 * at once for the same list all take the same one, so that there is one walk.
 */
public final class InstancePicks {

	private final InstancePicker.Factory algorithm;

	private final AtomicReference<@Nullable InstancePicker> picker = new AtomicReference<>();

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
		InstancePicker current = this.picker.get();
		return ((current != null && current.list() == list) ? current : renew(current, list)).pick(tried);
	}

	@SuppressWarnings("ReferenceEquality") // as above
	private InstancePicker renew(@Nullable InstancePicker outdated, InstanceList list) {
		InstancePicker created = this.algorithm.create(list);
		InstancePicker winner = this.picker.compareAndExchange(outdated, created);
		return (winner != null && winner.list() == list) ? winner : created;
	}

}
