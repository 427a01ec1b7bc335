/**
 * Snapshots of the last good list of each service on disk, for a start while the
 * discovery API is not available. Start with
 * {@link io.eas.discovery.snapshot.FileSnapshot}.
 */
@NullMarked
package io.eas.discovery.snapshot;

import org.jspecify.annotations.NullMarked;
