/**
 * Algorithms that give each instance its weight of the calls. Start with
 * {@link io.eas.loadbalancer.weighted.WeightedRoundRobin}.
 */
@NullMarked
package io.eas.loadbalancer.weighted;

import org.jspecify.annotations.NullMarked;
