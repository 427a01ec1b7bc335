/**
 * The instances of services for whatever speaks Spring Cloud LoadBalancer, above all
 * {@code WebClient}. Start with {@link io.eas.loadbalanced.EasLoadBalancer}.
 */
@NullMarked
package io.eas.loadbalanced;

import org.jspecify.annotations.NullMarked;
