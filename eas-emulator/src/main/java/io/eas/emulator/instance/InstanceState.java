package io.eas.emulator.instance;

/**
 * The state of an instance.
 */
public enum InstanceState {

	/** The instance is not started yet, or not ready yet after a start or restart. */
	STARTING,

	/**
	 * Running and answering requests, subject to the current fault. Whether the instance
	 * is listed depends on its readiness check, if it has one.
	 */
	RUNNING,

	/** Suspended: connections are accepted, but nothing is answered. */
	FROZEN,

	/** Running, but refusing connections. */
	REFUSING,

	/** Asked to end, and still answering the last requests. */
	ENDING,

	/** Killed, or ended by itself; connections are refused. */
	DEAD

}
