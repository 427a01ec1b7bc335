package io.eas.autoconfigure;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;

import io.eas.discovery.AllowedNetworks;
import io.eas.discovery.InstanceCache;
import io.eas.discovery.snapshot.FileSnapshot;
import io.eas.discovery.snapshot.ListSnapshot;
import io.eas.discovery.snapshot.NoSnapshot;
import io.eas.discovery.snapshot.SnapshotFile;
import reactor.core.scheduler.Scheduler;

/**
 * Makes the snapshots of services from their properties.
 *
 * @param binder explains what is wrong with a property
 * @param files reads and writes files
 * @param clock tells the time
 */
record SnapshotFactory(EasServicesBinder binder, Scheduler files, Clock clock) {

	ListSnapshot create(String alias, String endpoint, String serviceName, DiscoveryProperties properties,
			InstanceCache cache) {
		String directory = properties.snapshot().directory();
		if (!properties.snapshot().enabled() || directory == null) {
			return new NoSnapshot();
		}
		try {
			SnapshotFile file = SnapshotFile.open(Path.of(directory), endpoint, serviceName,
					AllowedNetworks.of(properties.allowedNetworks()), (int) properties.maxResponseSize().toBytes());
			return new FileSnapshot(alias, file, properties.snapshot().maxAge(), cache, this.files, this.clock);
		}
		catch (IOException | InvalidPathException ex) {
			throw this.binder.invalid(alias, "discovery.snapshot.directory", "'" + directory + "'",
					"be a directory that files can be written to", "The directory can't be used: " + ex);
		}
	}

}
