/**
 * The last good list of each service on disk, for a start while discovery doesn't answer.
 * Start with {@link io.eas.discovery.snapshot.FileSnapshot}.
 */
@NullMarked
package io.eas.discovery.snapshot;

import org.jspecify.annotations.NullMarked;
