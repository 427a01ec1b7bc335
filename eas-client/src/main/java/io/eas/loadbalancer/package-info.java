/**
 * The contract between the client and its load-balancing algorithms, including those of
 * the application. Start with {@link io.eas.loadbalancer.InstancePicker}. The algorithms
 * that users choose by name are the constants of
 * {@code service.LoadBalancerSettings.Algorithm}. Algorithms pick from
 * {@link io.eas.loadbalancer.Candidates}; listeners are notified of attempts and
 * ejections. The measurements of instances are kept in the package {@code selection}; to
 * offer another measurement to algorithms, start with a method of {@code Candidates}.
 */
@NullMarked
package io.eas.loadbalancer;

import org.jspecify.annotations.NullMarked;
