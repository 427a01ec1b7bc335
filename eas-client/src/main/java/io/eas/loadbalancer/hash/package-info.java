/**
 * Consistent hashing: calls with the same key go to the same instance. Start with
 * {@link io.eas.loadbalancer.hash.ConsistentHash}.
 */
@NullMarked
package io.eas.loadbalancer.hash;

import org.jspecify.annotations.NullMarked;
