package io.eas.metrics;

import io.micrometer.core.instrument.observation.MeterObservationHandler;
import io.micrometer.observation.Observation;

/**
 * Observation handler that records the time of calls with the same tags as
 * {@code DefaultMeterObservationHandler}. It looks up each timer in the registry only
 * once instead of for each call. It records no long task timer, which would double the
 * cost of an observation; the gauge {@code eas.client.attempts.active} shows the attempts
 * in flight instead. Thread-safe.
 */
public final class CallMeterHandler implements MeterObservationHandler<EasClientObservationContext> {

	private final CallTimers timers;

	/**
	 * Creates a handler.
	 * @param meters the meters that the timers are added to
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
