/**
 * The contract between the client and its load-balancing algorithms, which may be the
 * application's: start with {@link io.eas.loadbalancer.InstancePicker}. Those that users
 * choose by name are entries of {@code service.LoadBalancerSettings.Algorithm}.
 * Algorithms see {@link io.eas.loadbalancer.Candidates}; listeners hear of attempts and
 * ejections. What is measured of instances is kept in {@code selection}, so that a
 * measure for algorithms begins as a method of {@code Candidates}.
 */
@NullMarked
package io.eas.loadbalancer;

import org.jspecify.annotations.NullMarked;
