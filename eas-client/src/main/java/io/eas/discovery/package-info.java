/**
 * The discovery of instances: the request to the discovery API, the loop that repeats it,
 * and the cache of the last good list, which no failure empties. Start with
 * {@link io.eas.discovery.DiscoveryPoller}.
 */
@NullMarked
package io.eas.discovery;

import org.jspecify.annotations.NullMarked;
