package io.eas.metrics;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Defines the name and the key values of observed calls. A bean of this type replaces
 * {@link DefaultEasClientObservationConvention}. The convention is called at the start
 * and at the end of each call. Implementations must be thread-safe and must always return
 * the same keys.
 */
public interface EasClientObservationConvention extends ObservationConvention<EasClientObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof EasClientObservationContext;
	}

}
