package io.eas.metrics;

import java.util.function.ObjLongConsumer;

import io.eas.client.call.CallListener;
import io.eas.client.call.CallObserver;
import io.eas.client.call.CallObserver.Progress;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * Observes the calls to a service, each from its subscription to its end. The parent of
 * each observation is the observation in the subscriber's context, or else the current
 * observation of the thread. As long as the registry is a no-op, another listener is
 * notified of the calls instead. Thread-safe.
 */
final class ObservedCalls implements CallListener {

	private final ObservationRegistry registry;

	private final @Nullable EasClientObservationConvention convention;

	private final EasClientObservationConvention defaults;

	private final String service;

	private final boolean instanceAddress;

	private final ObjLongConsumer<Progress> streams;

	private final CallListener otherwise;

	ObservedCalls(ObservationRegistry registry, @Nullable EasClientObservationConvention convention,
			EasClientObservationConvention defaults, String service, boolean instanceAddress,
			ObjLongConsumer<Progress> streams, CallListener otherwise) {
		this.registry = registry;
		this.convention = convention;
		this.defaults = defaults;
		this.service = service;
		this.instanceAddress = instanceAddress;
		this.streams = streams;
		this.otherwise = otherwise;
	}

	@Override
	public CallObserver started(String method, ContextView context) {
		if (this.registry.isNoop()) {
			return this.otherwise.started(method, context);
		}
		EasClientObservationContext observed = new EasClientObservationContext(this.service, method,
				this.instanceAddress);
		if (context.getOrDefault(ObservationThreadLocalAccessor.KEY, null) instanceof Observation parent) {
			observed.setParentObservation(parent);
		}
		Observation observation = Observation.NOOP;
		try {
			observation = Observation.createNotStarted(this.convention, this.defaults, () -> observed, this.registry);
			observation.start();
			return new ObservedCall(observation, observed, this.streams);
		}
		catch (Throwable ex) {
			stop(observation, ex);
			throw ex;
		}
	}

	/**
	 * Stops an observation after one of its handlers has failed at the start. The
	 * handlers that were notified of the start must also be notified of the end.
	 */
	private static void stop(Observation observation, Throwable failure) {
		try {
			observation.stop();
		}
		catch (Throwable ex) {
			if (ex != failure) {
				failure.addSuppressed(ex);
			}
		}
	}

}
