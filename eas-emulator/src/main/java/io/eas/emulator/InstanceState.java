package io.eas.emulator;

/**
 * What an instance is doing.
 */
public enum InstanceState {

	/** Not started yet, or between being ended and being ready again. */
	STARTING,

	/** Serving, as far as its fault lets it. */
	RUNNING,

	/** Accepting connections, answering nothing. */
	FROZEN,

	/** Alive, refusing connections. */
	REFUSING,

	/** Killed, or ended by itself; refusing connections. */
	DEAD

}
