/**
 * Metrics and tracing. Start with {@link io.eas.metrics.EasListeners} for observations,
 * timers and counters, with {@code ServiceGauges} for gauges, and with
 * {@link io.eas.metrics.EasClientObservationConvention} to change the tags.
 */
@NullMarked
package io.eas.metrics;

import org.jspecify.annotations.NullMarked;
