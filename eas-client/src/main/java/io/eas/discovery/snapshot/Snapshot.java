package io.eas.discovery.snapshot;

import java.time.Instant;
import java.util.List;

import io.eas.instance.InstanceList;

/**
 * A list of instances on disk. Immutable.
 *
 * @param list the list
 * @param lastSuccess when discovery last returned the list
 * @param rejected a description of each item that was dropped when the snapshot was read,
 * with the reason
 */
record Snapshot(InstanceList list, Instant lastSuccess, List<String> rejected) {

	Snapshot {
		rejected = List.copyOf(rejected);
	}

	/** Creates a snapshot that is to be written. */
	Snapshot(InstanceList list, Instant lastSuccess) {
		this(list, lastSuccess, List.of());
	}

}
