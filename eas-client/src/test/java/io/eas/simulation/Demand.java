package io.eas.simulation;

/**
 * What a service is asked to do.
 *
 * @param calls how many calls are made
 * @param load the calls that arrive over those that can be served, at random times; 0 in
 * a closed loop
 * @param callers how many make one call after the other; 0 if calls arrive at random
 * @param clients how many have a part of the calls each, and see only their own
 * @param timeout when a client gives an attempt up, in seconds
 * @param attempts how many attempts a call has
 */
record Demand(int calls, double load, int callers, int clients, double timeout, int attempts) {

	/** Calls of one client that come at random. */
	static Demand load(double load, int calls) {
		return new Demand(calls, load, 0, 1, Double.POSITIVE_INFINITY, 1);
	}

	/** Callers of one client. */
	static Demand callers(int callers, int calls) {
		return new Demand(calls, 0, callers, 1, Double.POSITIVE_INFINITY, 1);
	}

	Demand of(int clients) {
		return new Demand(this.calls, this.load, this.callers, clients, this.timeout, this.attempts);
	}

	Demand retried(double timeout, int attempts) {
		return new Demand(this.calls, this.load, this.callers, this.clients, timeout, attempts);
	}

}
