package io.eas.metrics;

import io.micrometer.core.instrument.observation.MeterObservationHandler;
import io.micrometer.observation.Observation;

/**
 * Times observed calls as {@code DefaultMeterObservationHandler} would, with the same
 * tags. Looks each timer up once rather than with each call, and has no long task timer
 * beside it, which alone took as long as all the rest: the gauge
 * {@code eas.client.attempts.active} says what is under way. Thread-safe.
 */
public final class CallMeterHandler implements MeterObservationHandler<EasClientObservationContext> {

	private final CallTimers timers;

	/**
	 * Handles calls.
	 * @param meters where their timers go
	 */
	public CallMeterHandler(EasMeters meters) {
		this.timers = new CallTimers(meters);
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof EasClientObservationContext;
	}

	@Override
	public void onStop(EasClientObservationContext context) {
		this.timers.record(context, context.getName(), context.getLowCardinalityKeyValues());
	}

}
