package io.eas.discovery;

import java.util.List;

import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList;
import io.eas.instance.InstanceList.Source;
import org.jspecify.annotations.Nullable;

/**
 * The results of the polls so far. Any thread may read them without a lock; only one
 * thread at a time may change them.
 */
public interface PolledInstances {

	/**
	 * Returns the current list without waiting.
	 * @return the list, which is the same object as long as nothing changes; null before
	 * the first list
	 */
	@Nullable InstanceList current();

	/**
	 * Returns the current state.
	 * @return the state
	 */
	DiscoveryState state();

	/**
	 * Returns an explanation for a call that finds no instance.
	 * @return the explanation, such as the message of the last poll if it failed; null if
	 * there is none
	 */
	default @Nullable String lastFailure() {
		return state().lastFailure();
	}

	/**
	 * Sets the list of a successful poll. If the instances are equal to the current ones,
	 * the current list object is kept.
	 * @param instances the instances; at least one
	 * @param source the source of the instances
	 * @return the list that is current now
	 */
	InstanceList succeed(List<EasInstance> instances, Source source);

	/**
	 * Records a failed poll and keeps the list.
	 * @param failure the failure
	 */
	void fail(DiscoveryException failure);

}
