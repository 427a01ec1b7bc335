package io.eas.discovery.snapshot;

import java.util.List;

import io.eas.discovery.DiscoveryState;
import io.eas.discovery.PollListener;
import io.eas.instance.InstanceList;
import org.jspecify.annotations.Nullable;

/**
 * Persistent snapshot of the instances of a service, for the next run of the application.
 * It listens to polls: the first failed poll restores the snapshot, and a successful poll
 * replaces it.
 */
public interface ListSnapshot extends PollListener {

	/** A snapshot that does nothing, used if snapshots are disabled. */
	ListSnapshot NONE = new ListSnapshot() {

		@Override
		public void start() {
		}

		@Override
		public boolean restore() {
			return false;
		}

		@Override
		public void stop() {
		}

		@Override
		public void succeeded(@Nullable InstanceList before, InstanceList after, List<String> rejected) {
		}

		@Override
		public void failed(DiscoveryState state) {
		}

	};

	/**
	 * Starts to read the snapshot, without waiting for it. Must be called before the
	 * polls are started.
	 */
	void start();

	/**
	 * Restores the snapshot without waiting for a failed poll, unless a list is known
	 * already. Blocks until the snapshot is read, but for at most a second.
	 * @return true if a list is known, whatever its source
	 */
	boolean restore();

	/**
	 * Stops writing snapshots. Blocks until the current write is completed, but for at
	 * most a second. The snapshot can be started again.
	 */
	void stop();

}
