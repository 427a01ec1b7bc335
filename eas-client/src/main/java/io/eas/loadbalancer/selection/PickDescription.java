package io.eas.loadbalancer.selection;

import java.time.Instant;

/**
 * A pick of an instance for an attempt, for people to read. Immutable.
 *
 * @param at the time of the pick
 * @param address the host and port of the instance
 * @param reason why the instance was picked, in words
 * @param attempt 1 for the first attempt of a call, and one more for each instance that
 * the call has tried before
 * @param inFlight the attempts that were in flight on the instance at that time, without
 * this one
 */
public record PickDescription(Instant at, String address, String reason, int attempt, int inFlight) {

	/** The maximum number of picks that are kept. */
	public static final int MOST = 256;

}
