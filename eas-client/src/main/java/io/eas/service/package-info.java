/**
 * All the state of a service, which is opened and closed as a whole. Start with
 * {@link io.eas.service.EasService}. {@link io.eas.service.EasServiceFactory} creates a
 * service from its settings: it configures the HTTP clients of discovery and health
 * checks, and chooses the prober. Algorithms are created by
 * {@link io.eas.service.LoadBalancerSettings.Algorithm}.
 */
@NullMarked
package io.eas.service;

import org.jspecify.annotations.NullMarked;
