/**
 * What a metrics system and a tracer get to see. Start with
 * {@link io.eas.metrics.EasListeners}, which hears what services do; users who want other
 * tags start with {@link io.eas.metrics.EasClientObservationConvention}.
 */
@NullMarked
package io.eas.metrics;

import org.jspecify.annotations.NullMarked;
