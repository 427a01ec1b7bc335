package io.eas.discovery;

import java.util.List;

import io.eas.instance.InstanceList;
import org.jspecify.annotations.Nullable;

/**
 * Listener that is notified when a poll has ended. It is called by one thread at a time
 * and must not block. An exception thrown by the listener is logged the first time and
 * otherwise ignored.
 */
public interface PollListener {

	/** A listener that does nothing. */
	PollListener NONE = new PollListener() {

		@Override
		public void succeeded(@Nullable InstanceList before, InstanceList after, List<String> rejected) {
		}

		@Override
		public void failed(DiscoveryState state) {
		}

	};

	/**
	 * Called when a poll has returned a list.
	 * @param before the previous list, or null
	 * @param after the new list; the same object as before if nothing has changed
	 * @param rejected a description of each item that was dropped, with the reason
	 */
	void succeeded(@Nullable InstanceList before, InstanceList after, List<String> rejected);

	/**
	 * Called when a poll has failed. The current list stays in use.
	 * @param state the state, including the reason of the failure
	 */
	void failed(DiscoveryState state);

	/**
	 * Returns a composite listener that notifies this listener and then another one.
	 * @param other the listener to notify after this one
	 * @return the composite listener
	 */
	default PollListener and(PollListener other) {
		if (other == NONE) {
			return this;
		}
		PollListener first = this;
		return new PollListener() {

			@Override
			public void succeeded(@Nullable InstanceList before, InstanceList after, List<String> rejected) {
				first.succeeded(before, after, rejected);
				other.succeeded(before, after, rejected);
			}

			@Override
			public void failed(DiscoveryState state) {
				first.failed(state);
				other.failed(state);
			}

		};
	}

}
