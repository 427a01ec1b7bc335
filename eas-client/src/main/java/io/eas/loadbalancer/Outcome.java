package io.eas.loadbalancer;

/**
 * What the end of an attempt says about its instance.
 */
public enum Outcome {

	/** The instance answered, be it with an error that is the request's own. */
	ANSWERED,

	/**
	 * The instance answered that it can take no more for a moment: its queue is full
	 * (status 450).
	 */
	BUSY,

	/**
	 * All connections to the instance are in use, and none was free in time: it hasn't
	 * heard of the attempt, and said nothing.
	 */
	POOL_EXHAUSTED,

	/**
	 * The instance may be failing: no answer came in time, or a status says that it is
	 * broken. Counts as doubt.
	 */
	FAILED,

	/**
	 * A new connection broke before the answer, or any connection after bytes of the
	 * answer: the instance, or what is on the way to it, cuts off what it has taken.
	 */
	BROKEN,

	/**
	 * A connection that was kept from an earlier request broke before any byte of the
	 * answer. It may have been dead for long, so this says nothing about the instance.
	 */
	STALE,

	/**
	 * There was no connection: refused, unreachable or not answered in time. Proves that
	 * the instance can't be used.
	 */
	UNREACHABLE,

	/**
	 * Nobody waited for the answer, or it was this machine that failed; nothing is known.
	 */
	CANCELLED

}
