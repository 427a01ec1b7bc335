/**
 * Integration with Spring Cloud LoadBalancer, above all for {@code WebClient}. Start with
 * {@link io.eas.loadbalanced.EasLoadBalancer}.
 */
@NullMarked
package io.eas.loadbalanced;

import org.jspecify.annotations.NullMarked;
