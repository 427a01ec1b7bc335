package io.eas.loadbalancer;

/** How an attempt ended, as evidence of the health of the instance. */
public enum Outcome {

	/** The instance responded, possibly with an error that the request itself caused. */
	ANSWERED,

	/**
	 * The instance responded that it can't accept more requests for the moment, since its
	 * queue is full (status 450).
	 */
	BUSY,

	/**
	 * All connections to the instance were in use, and none became free in time. The
	 * instance hasn't received the request, so this counts neither as a response nor as a
	 * failure.
	 */
	POOL_EXHAUSTED,

	/**
	 * The instance may be unhealthy: it didn't respond in time, or its response has a
	 * status that indicates a failure. Counts as a reason to suspect the instance.
	 */
	FAILED,

	/**
	 * A new connection broke before the response, or any connection broke after the first
	 * bytes of the response: the instance, or a device on the way to it, closes
	 * connections that it has accepted.
	 */
	BROKEN,

	/**
	 * A pooled connection broke before the first byte of the response. The connection may
	 * have been dead for a long time, so this doesn't count against the instance.
	 */
	STALE,

	/**
	 * No connection could be established: it was refused, the address is unreachable, or
	 * the connect timeout expired. This proves that the instance can't be used.
	 */
	UNREACHABLE,

	/**
	 * The call was cancelled, or failed on the client's side, so that nothing is known
	 * about the instance.
	 */
	CANCELLED

}
