/**
 * The contract between the client and its load-balancing algorithms, which may be the
 * application's: start with {@link io.eas.loadbalancer.InstancePicker}. Algorithms see
 * {@link io.eas.loadbalancer.Candidates}; listeners hear of attempts and ejections.
 */
@NullMarked
package io.eas.loadbalancer;

import org.jspecify.annotations.NullMarked;
