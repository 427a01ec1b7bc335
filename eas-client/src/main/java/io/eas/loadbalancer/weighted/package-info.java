/**
 * Algorithms that distribute calls to instances in proportion to their weights. Start
 * with {@link io.eas.loadbalancer.weighted.WeightedRoundRobin}.
 */
@NullMarked
package io.eas.loadbalancer.weighted;

import org.jspecify.annotations.NullMarked;
