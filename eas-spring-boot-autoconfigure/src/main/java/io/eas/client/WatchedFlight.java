package io.eas.client;

import io.eas.loadbalancer.Flight;
import io.eas.loadbalancer.Outcome;
import reactor.core.observability.DefaultSignalListener;

/**
 * Ends an attempt of a {@code WebClient} where what comes of it breaks off, is wanted no
 * longer or is complete.
 *
 * @param <T> what comes
 */
class WatchedFlight<T> extends DefaultSignalListener<T> {

	private final Flight flight;

	private final Outcome outcome;

	/**
	 * Watches an attempt.
	 * @param flight the attempt
	 * @param outcome how it ends where all has come
	 */
	WatchedFlight(Flight flight, Outcome outcome) {
		this.flight = flight;
		this.outcome = outcome;
	}

	@Override
	public void doOnComplete() {
		this.flight.end(this.outcome);
	}

	@Override
	public void doOnError(Throwable failure) {
		this.flight.end(Outcomes.ofExchange(failure));
	}

	@Override
	public void doOnCancel() {
		this.flight.end(Outcome.ABANDONED);
	}

}
