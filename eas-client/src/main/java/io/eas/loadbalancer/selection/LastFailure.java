package io.eas.loadbalancer.selection;

import io.eas.loadbalancer.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * The last failure of an instance, for people to read. Immutable.
 *
 * @param outcome how the attempt ended
 * @param what the failure in words, without anything that the instance has sent
 * @param at when the attempt ended, on the nano clock
 */
record LastFailure(Outcome outcome, String what, long at) {

	private static final int SERVER_ERROR = 500;

	/**
	 * Returns whether the end of an attempt is a failure worth showing.
	 * @param status the status of the response, or 0
	 * @param denied whether the response denies a request that other instances answer
	 */
	static boolean is(Outcome outcome, int status, boolean denied) {
		return switch (outcome) {
			case ANSWERED -> denied || status >= SERVER_ERROR;
			case CANCELLED -> false;
			default -> true;
		};
	}

	/**
	 * Describes the end of an attempt.
	 * @param status the status of the response, or 0
	 * @param said the failure in words, or null to describe the outcome
	 */
	static LastFailure of(Outcome outcome, int status, @Nullable String said, long now) {
		return new LastFailure(outcome, (said != null) ? said : (status != 0) ? "status " + status : words(outcome),
				now);
	}

	private static String words(Outcome outcome) {
		return switch (outcome) {
			case ANSWERED -> "an answer that other instances don't give";
			case BUSY -> "the instance's queue is full";
			case POOL_EXHAUSTED -> "no free connection";
			case FAILED -> "no answer in time";
			case BROKEN -> "the connection broke";
			case STALE -> "a kept connection was dead";
			case UNREACHABLE -> "no connection";
			case CANCELLED -> "cancelled";
		};
	}

}
