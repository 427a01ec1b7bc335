/**
 * What a metrics system and a tracer get to see. What is heard of services starts with
 * {@link io.eas.metrics.EasListeners}, what is read of them with {@code ServiceGauges};
 * users who want other tags start with
 * {@link io.eas.metrics.EasClientObservationConvention}.
 */
@NullMarked
package io.eas.metrics;

import org.jspecify.annotations.NullMarked;
