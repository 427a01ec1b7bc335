/**
 * The last good list of each service on disk, for a start while discovery doesn't answer.
 * Start with {@link io.eas.snapshot.FileSnapshot}.
 */
@NullMarked
package io.eas.snapshot;

import org.jspecify.annotations.NullMarked;
