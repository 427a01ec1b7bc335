package io.eas.emulator.instance;

/**
 * What an instance is doing.
 */
public enum InstanceState {

	/** Not started yet, or between being ended and being ready again. */
	STARTING,

	/**
	 * Serving, as far as its fault lets it; whether it is listed is up to its readiness
	 * check, if it has one.
	 */
	RUNNING,

	/** Accepting connections, answering nothing. */
	FROZEN,

	/** Alive, refusing connections. */
	REFUSING,

	/** Asked to end, and serving what it still has to. */
	ENDING,

	/** Killed, or ended by itself; refusing connections. */
	DEAD

}
