package io.eas.emulator.lifecycle;

/**
 * The alternatives of {@link LifecycleState}, to switch over.
 */
public enum Phase {

	/** {@link LifecycleState.Waiting}. */
	WAITING,

	/** {@link LifecycleState.Starting}. */
	STARTING,

	/** {@link LifecycleState.Ready}. */
	READY,

	/** {@link LifecycleState.NotReady}. */
	NOT_READY,

	/** {@link LifecycleState.Killed}. */
	KILLED,

	/** {@link LifecycleState.BackingOff}. */
	BACKING_OFF,

	/** {@link LifecycleState.Stopping}. */
	STOPPING,

	/** {@link LifecycleState.Stopped}. */
	STOPPED;

	/**
	 * Whether the process runs and is meant to go on.
	 * @return {@code false} also while it is being ended
	 */
	public boolean isRunning() {
		return this == STARTING || this == READY || this == NOT_READY;
	}

}
