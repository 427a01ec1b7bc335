package io.eas.metrics;

import java.util.function.ObjLongConsumer;

import io.eas.client.call.CallObserver.Progress;
import io.micrometer.observation.Observation;

/** A call that is recorded as an observation. */
final class ObservedCall extends RecordedCall {

	private final Observation observation;

	ObservedCall(Observation observation, EasClientObservationContext context, ObjLongConsumer<Progress> streams) {
		super(context, streams);
		this.observation = observation;
	}

	@Override
	void over(EasClientObservationContext context) {
		Throwable failure = context.getError();
		try {
			if (failure != null) {
				this.observation.error(failure);
			}
		}
		finally {
			this.observation.stop();
		}
	}

}
