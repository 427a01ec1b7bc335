package io.eas.metrics;

import java.util.function.ObjLongConsumer;

import io.eas.client.call.CallListener;
import io.eas.client.call.CallObserver;
import io.eas.client.call.CallObserver.Progress;
import reactor.util.context.ContextView;

/**
 * Records the times of the calls to a service if there are no observations, with the same
 * tags as observations would have. Thread-safe.
 */
final class TimedCalls implements CallListener {

	private final EasClientObservationConvention convention;

	private final String service;

	private final CallTimers timers;

	private final ObjLongConsumer<Progress> streams;

	TimedCalls(EasClientObservationConvention convention, String service, EasMeters meters,
			ObjLongConsumer<Progress> streams) {
		this.convention = convention;
		this.service = service;
		this.timers = new CallTimers(meters);
		this.streams = streams;
	}

	@Override
	public CallObserver started(String method, ContextView context) {
		return new TimedCall(new EasClientObservationContext(this.service, method, false));
	}

	/** A call whose duration is recorded by a timer. */
	private final class TimedCall extends RecordedCall {

		TimedCall(EasClientObservationContext context) {
			super(context, TimedCalls.this.streams);
		}

		@Override
		void over(EasClientObservationContext context) {
			EasClientObservationConvention convention = TimedCalls.this.convention;
			TimedCalls.this.timers.record(context, convention.getName(),
					convention.getLowCardinalityKeyValues(context));
		}

	}

}
