package io.eas.properties;

import java.time.Duration;

import io.eas.discovery.snapshot.SnapshotSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

/**
 * Properties of the snapshot of the last good list on disk.
 *
 * @param enabled Whether the last good list of instances is saved on disk, for a start
 * while the discovery API is not available.
 * @param directory Directory of the snapshots. A missing directory is created with access
 * for its owner only.
 * @param maxAge Maximum age of a snapshot, after which it is ignored at startup.
 */
public record SnapshotProperties(@DefaultValue("false") boolean enabled, @Nullable String directory,
		@DefaultValue("24h") Duration maxAge) {

	/** Treats a blank directory as absent. */
	public SnapshotProperties {
		directory = StringUtils.hasText(directory) ? directory : null;
	}

	SnapshotSettings settings() {
		return new SnapshotSettings(this.enabled, this.directory, this.maxAge);
	}

}
