package io.eas.metrics;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;

/**
 * Keeps what it is told, and does what a tracer does: sends a header along, and ends each
 * observation that it has seen start.
 */
final class Observed implements ObservationHandler<EasClientObservationContext> {

	static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

	final List<EasClientObservationContext> started = new CopyOnWriteArrayList<>();

	final List<EasClientObservationContext> stopped = new CopyOnWriteArrayList<>();

	final List<Throwable> errors = new CopyOnWriteArrayList<>();

	@Override
	public boolean supportsContext(Observation.Context context) {
		return context instanceof EasClientObservationContext;
	}

	@Override
	public void onStart(EasClientObservationContext context) {
		this.started.add(context);
		context.getSetter().set(context.getCarrier(), "traceparent", TRACE);
	}

	@Override
	public void onError(EasClientObservationContext context) {
		this.errors.add(context.getError());
	}

	@Override
	public void onStop(EasClientObservationContext context) {
		this.stopped.add(context);
	}

	/** The only one, which has started and stopped, each once. */
	EasCallResult result() {
		if (this.started.size() != 1 || !this.started.equals(this.stopped)) {
			throw new AssertionError("started: " + this.started + ", stopped: " + this.stopped);
		}
		return this.stopped.get(0).getResult();
	}

}
