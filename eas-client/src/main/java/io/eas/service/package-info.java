/**
 * All the state of one service, opened and closed as one: start with
 * {@link io.eas.service.EasService}. {@link io.eas.service.EasServiceFactory} puts it
 * together from its settings: there the HTTP clients of discovery and probes are
 * configured, and the prober is chosen; algorithms are made by
 * {@link io.eas.service.LoadBalancerSettings.Algorithm}.
 */
@NullMarked
package io.eas.service;

import org.jspecify.annotations.NullMarked;
