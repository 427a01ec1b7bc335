package io.eas.discovery;

import java.util.List;

import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList;
import io.eas.instance.InstanceList.Source;
import org.jspecify.annotations.Nullable;

/**
 * What the polls have given so far. Read by any thread without a lock; told by one thread
 * at a time.
 */
public interface PolledInstances {

	/**
	 * The newest list that a poll gave, without waiting.
	 * @return the same object as long as nothing changes; null before the first list
	 */
	@Nullable InstanceList current();

	/**
	 * All that is known now.
	 * @return the state
	 */
	DiscoveryState state();

	/**
	 * What to tell of a call that has no instance.
	 * @return such as what the newest poll said, if it failed; null if there is nothing
	 * to tell
	 */
	default @Nullable String lastFailure() {
		return state().lastFailure();
	}

	/**
	 * Takes a good list. Equal instances keep the current snapshot.
	 * @param instances at least one instance
	 * @param source where they came from
	 * @return the current snapshot from now on
	 */
	InstanceList succeed(List<EasInstance> instances, Source source);

	/**
	 * Takes note of a failure and keeps the list.
	 * @param failure what discovery said
	 */
	void fail(DiscoveryException failure);

}
