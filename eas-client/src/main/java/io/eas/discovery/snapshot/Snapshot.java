package io.eas.discovery.snapshot;

import java.time.Instant;
import java.util.List;

import io.eas.instance.InstanceList;

/**
 * A list of instances as it is on disk.
 *
 * @param list the list
 * @param lastSuccess when discovery last gave it
 * @param rejected the items that were dropped when it was read, each with the reason
 */
record Snapshot(InstanceList list, Instant lastSuccess, List<String> rejected) {

	Snapshot {
		rejected = List.copyOf(rejected);
	}

	/**
	 * A snapshot to write.
	 */
	Snapshot(InstanceList list, Instant lastSuccess) {
		this(list, lastSuccess, List.of());
	}

}
