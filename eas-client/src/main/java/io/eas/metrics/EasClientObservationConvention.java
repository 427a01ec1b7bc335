package io.eas.metrics;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names observed calls, and says what is told of them. A bean of this type takes the
 * place of {@link DefaultEasClientObservationConvention}. Asked at the start and at the
 * end of each call; must always give the same keys. Thread-safe.
 */
public interface EasClientObservationConvention extends ObservationConvention<EasClientObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof EasClientObservationContext;
	}

}
