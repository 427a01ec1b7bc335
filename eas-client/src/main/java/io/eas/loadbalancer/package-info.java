/**
 * Which instance a call goes to: pure pickers over a list of instances, and their adapter
 * to Spring Cloud LoadBalancer. Start with {@link io.eas.loadbalancer.InstancePicks}.
 */
@NullMarked
package io.eas.loadbalancer;

import org.jspecify.annotations.NullMarked;
