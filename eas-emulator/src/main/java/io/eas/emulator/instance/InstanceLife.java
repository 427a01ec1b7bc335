package io.eas.emulator.instance;

import java.time.Duration;
import java.util.Optional;

import io.eas.emulator.lifecycle.Lifecycle;

/**
 * Starts, kills and restarts the model of an instance: only on demand, or as its health
 * checks say.
 */
public sealed interface InstanceLife permits ManualLife, SupervisedLife {

	/**
	 * Starts without waiting.
	 */
	void launch();

	/**
	 * Waits until it serves; fails, with everything ended, if it never does.
	 */
	void awaitReady();

	/**
	 * What the instance is doing.
	 * @return its state now
	 */
	InstanceState state();

	/**
	 * Whether discovery and gateway may know it.
	 * @return {@code true} once it is ready
	 */
	boolean isReady();

	/**
	 * Where it stands under its health checks.
	 * @return empty if it has none
	 */
	Optional<Lifecycle> lifecycle();

	/**
	 * Why its command can't be started at all.
	 * @return empty if it can
	 */
	Optional<String> startFailure();

	/**
	 * Ends the model at once.
	 */
	void kill();

	/**
	 * Stops the model in its tracks.
	 */
	void freeze();

	/**
	 * Lets the model go on after {@link #freeze()}.
	 */
	void thaw();

	/**
	 * Refuses connections while the model lives on.
	 */
	void refuse();

	/**
	 * Ends every fault of the model and its port.
	 */
	void heal();

	/**
	 * Ends it and starts it anew; waits until it serves.
	 */
	void restart();

	/**
	 * Takes it off the list and lets it end as on EAS; waits until it has.
	 */
	void retire();

	/**
	 * Asks it to end for good, its port given back; waits for nothing.
	 */
	void terminate();

	/**
	 * Waits for the end after {@link #terminate()}.
	 * @param grace how long, before the model is killed
	 */
	void awaitEnd(Duration grace);

}
