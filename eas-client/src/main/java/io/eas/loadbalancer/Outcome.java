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
	 * The instance failed: the connection broke, no answer came in time, or a status says
	 * that it is broken.
	 */
	FAILED,

	/** There was no connection: refused, unreachable or not answered in time. */
	UNREACHABLE,

	/**
	 * Nobody waited for the answer, or it was this machine that failed; nothing is known.
	 */
	CANCELLED

}
