/**
 * Checks of the instances by the client itself, and what follows from them: which of the
 * instances that discovery lists calls may go to. Stands between the polls and the cache
 * that calls see, so that nothing after it knows of probes. Start with
 * {@link io.eas.discovery.probe.HealthCheckedInstances}; the rule is in {@code Choice}.
 */
@NullMarked
package io.eas.discovery.probe;

import org.jspecify.annotations.NullMarked;
