package io.eas.discovery.snapshot;

import java.time.Duration;

import io.eas.settings.Assert;
import io.eas.settings.InvalidSettingException;
import org.jspecify.annotations.Nullable;

/**
 * Whether the last good list is kept on disk, and where.
 *
 * @param enabled whether it is kept; false by default
 * @param directory the directory that it is kept in, made for its owner alone if it isn't
 * there; null only where none is kept
 * @param maxAge the age from which on a list on disk is ignored by a start; 1s to 365d,
 * 24h by default
 */
public record SnapshotSettings(boolean enabled, @Nullable String directory, Duration maxAge) {

	/** What holds where nothing is configured. */
	public static final SnapshotSettings DEFAULTS = new SnapshotSettings(false, null, Duration.ofHours(24));

	/**
	 * Checks each value.
	 * @throws InvalidSettingException if the directory is missing, or the age out of
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
