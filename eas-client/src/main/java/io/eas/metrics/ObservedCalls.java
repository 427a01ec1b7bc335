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
 * Observes the calls to one service, each from its subscription to its end, as a child of
 * the observation that the subscriber brings along or, without one, of the thread's. As
 * long as the registry takes no observations, another listener hears of the calls.
 * Thread-safe.
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

	/** One handler has failed at the start; those before it want to know the end. */
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
