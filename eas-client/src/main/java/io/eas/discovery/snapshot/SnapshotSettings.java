package io.eas.discovery.snapshot;

import java.time.Duration;

import io.eas.settings.Assert;
import io.eas.settings.InvalidSettingException;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the snapshot of the last good list on disk. Immutable.
 *
 * @param enabled whether snapshots are saved; false by default
 * @param directory the directory of the snapshots; a missing directory is created so that
 * only its owner may access it; may be null only if snapshots are disabled
 * @param maxAge the maximum age of a snapshot; an older one is ignored at startup; 1s to
 * 365d, 24h by default
 */
public record SnapshotSettings(boolean enabled, @Nullable String directory, Duration maxAge) {

	/** The default settings. */
	public static final SnapshotSettings DEFAULTS = new SnapshotSettings(false, null, Duration.ofHours(24));

	/**
	 * Validates the values.
	 * @throws InvalidSettingException if the directory is missing, or the age is out of
	 * range
	 */
	public SnapshotSettings {
		if (enabled && directory == null) {
			throw new InvalidSettingException("directory", "missing", "be set where snapshot.enabled is true",
					"Set it to a directory that outlives the application and is written by it alone, or set "
							+ "snapshot.enabled to false.");
		}
		Assert.between("max-age", maxAge, Duration.ofSeconds(1), Duration.ofDays(365));
	}

}
