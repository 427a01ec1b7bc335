/**
 * Metrics and tracing. The meters are declared where their values come from:
 * {@code ServiceMeters} counts attempts and ejections and times streams,
 * {@code PollMeters} counts polls, {@code ServiceGauges} reads the state of a service,
 * and {@link io.eas.metrics.EasClientObservationConvention} names the tags of a call's
 * timer. A call reports to a {@code client.call.CallListener} or {@code CallObserver},
 * and an instance to the listeners of {@code loadbalancer}. Start with
 * {@link io.eas.metrics.EasListeners}, which creates the listeners of a service.
 */
@NullMarked
package io.eas.metrics;

import org.jspecify.annotations.NullMarked;
