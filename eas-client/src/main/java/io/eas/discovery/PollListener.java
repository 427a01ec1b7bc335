package io.eas.discovery;

import java.util.List;

import io.eas.instance.InstanceList;
import org.jspecify.annotations.Nullable;

/**
 * Hears how each poll ended. Called by one thread at a time; must not block. What it
 * throws is logged, the first time, and changes nothing.
 */
public interface PollListener {

	/** Hears nothing. */
	PollListener NONE = new PollListener() {

		@Override
		public void succeeded(@Nullable InstanceList before, InstanceList after, List<String> rejected) {
		}

		@Override
		public void failed(DiscoveryState state) {
		}

	};

	/**
	 * A poll gave a list.
	 * @param before the list until now, or null
	 * @param after the list from now on; the same object if nothing changed
	 * @param rejected the items that were dropped, each with the reason
	 */
	void succeeded(@Nullable InstanceList before, InstanceList after, List<String> rejected);

	/**
	 * A poll failed; the list stays.
	 * @param state the state, with the reason
	 */
	void failed(DiscoveryState state);

}
