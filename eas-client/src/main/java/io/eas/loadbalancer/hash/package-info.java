/**
 * The same instance for the same key. Start with
 * {@link io.eas.loadbalancer.hash.ConsistentHash}.
 */
@NullMarked
package io.eas.loadbalancer.hash;

import org.jspecify.annotations.NullMarked;
