/**
 * Where the list of instances comes from and where it is kept: one GET to the discovery
 * API, the one loop that repeats it, and the cache that no failure empties. Start with
 * {@link io.eas.discovery.DiscoveryPoller}.
 */
@NullMarked
package io.eas.discovery;

import org.jspecify.annotations.NullMarked;
