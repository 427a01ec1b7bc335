/**
 * Health checks that the client sends to instances, and the choice of the instances that
 * calls may go to. This package is placed between the polls and the cache that calls use,
 * so that the rest of the client doesn't know about health checks. Start with
 * {@link io.eas.discovery.probe.HealthCheckedInstances}; the rule is in {@code Choice}.
 */
@NullMarked
package io.eas.discovery.probe;

import org.jspecify.annotations.NullMarked;
