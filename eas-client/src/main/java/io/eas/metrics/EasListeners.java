package io.eas.metrics;

import java.util.function.Function;
import java.util.function.ObjLongConsumer;

import io.eas.client.call.CallListener;
import io.eas.client.call.CallObserver.Progress;
import io.eas.discovery.PollListener;
import io.eas.loadbalancer.AttemptListener;
import io.eas.loadbalancer.EjectionListener;
import io.eas.service.ServiceListeners;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Creates the listeners of each service. With an observation registry, they observe the
 * calls. With a meter registry, they count attempts, ejections and polls, and time the
 * calls that aren't observed. Thread-safe.
 */
public final class EasListeners implements ServiceListeners.Factory {

	private final Function<String, ObservedService> services;

	private final @Nullable ObservationRegistry observations;

	private final @Nullable EasClientObservationConvention convention;

	private final EasClientObservationConvention defaults = new DefaultEasClientObservationConvention();

	private final @Nullable EasMeters meters;

	/**
	 * Creates a factory of listeners.
	 * @param services returns the observable state of a service, by its alias
	 * @param observations the registry of observations, or null
	 * @param convention the application's own convention, or null
	 * @param meters the meters, or null
	 */
	public EasListeners(Function<String, ObservedService> services, @Nullable ObservationRegistry observations,
			@Nullable EasClientObservationConvention convention, @Nullable EasMeters meters) {
		this.services = services;
		this.observations = observations;
		this.convention = convention;
		this.meters = meters;
		String name = (convention != null) ? convention.getName() : null;
		if (meters != null && name != null) {
			meters.observedAs(name);
		}
	}

	@Override
	public ServiceListeners create(String alias) {
		ObservedService seen = this.services.apply(alias);
		if (this.meters == null) {
			return new ServiceListeners(observed(alias, seen, (progress, nanos) -> {
			}, CallListener.NONE), AttemptListener.NONE, EjectionListener.NONE, PollListener.NONE);
		}
		ServiceMeters counted = new ServiceMeters(alias, this.meters);
		PollListener polls = seen.discovery() ? new PollMeters(alias, this.meters) : PollListener.NONE;
		CallListener timed = new TimedCalls((this.convention != null) ? this.convention : this.defaults, alias,
				this.meters, counted::reached);
		return new ServiceListeners(observed(alias, seen, counted::reached, timed), counted, counted, polls);
	}

	private CallListener observed(String alias, ObservedService seen, ObjLongConsumer<Progress> streams,
			CallListener otherwise) {
		return (this.observations != null) ? new ObservedCalls(this.observations, this.convention, this.defaults, alias,
				seen.instanceAddress(), streams, otherwise) : otherwise;
	}

}
