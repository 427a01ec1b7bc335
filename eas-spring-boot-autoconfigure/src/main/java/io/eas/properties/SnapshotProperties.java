package io.eas.properties;

import java.time.Duration;

import io.eas.discovery.snapshot.SnapshotSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

/**
 * The last good list on disk.
 *
 * @param enabled Whether the last good list is kept on disk, for a start while discovery
 * doesn't answer.
 * @param directory Directory that it is kept in. Made, for its owner alone, if it isn't
 * there.
 * @param maxAge Age from which on a list on disk is ignored by a start.
 */
public record SnapshotProperties(@DefaultValue("false") boolean enabled, @Nullable String directory,
		@DefaultValue("24h") Duration maxAge) {

	/**
	 * No directory where there is nothing but white space.
	 */
	public SnapshotProperties {
		directory = StringUtils.hasText(directory) ? directory : null;
	}

	SnapshotSettings settings() {
		return new SnapshotSettings(this.enabled, this.directory, this.maxAge);
	}

}
