package io.eas.emulator;

import java.time.Duration;
import java.util.Optional;

import io.eas.emulator.lifecycle.Lifecycle;

/**
 * Who starts, kills and restarts the model of an instance: whoever tells it to, or its
 * health checks.
 */
sealed interface InstanceLife permits ManualLife, SupervisedLife {

	/** Starts without waiting. */
	void launch();

	/** Waits until it serves; fails, with everything ended, if it never does. */
	void awaitReady();

	InstanceState state();

	/** Whether discovery and gateway may know it. */
	boolean isReady();

	/** Where it stands under its health checks, if it has any. */
	Optional<Lifecycle> lifecycle();

	/** Why its command can't be started at all. */
	Optional<String> startFailure();

	void kill();

	void freeze();

	void thaw();

	void refuse();

	void heal();

	/** Ends it and starts it anew; waits until it serves. */
	void restart();

	/** Takes it off the list and lets it end as on EAS; waits until it has. */
	void retire();

	/** Asks it to end for good, its port given back; waits for nothing. */
	void terminate();

	/** Waits for the end after {@link #terminate()}. */
	void awaitEnd(Duration grace);

}
