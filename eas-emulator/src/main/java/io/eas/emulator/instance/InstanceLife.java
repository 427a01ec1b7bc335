package io.eas.emulator.instance;

import java.time.Duration;
import java.util.Optional;

import io.eas.emulator.lifecycle.Lifecycle;

/**
 * Starts, kills and restarts the model of an instance, either on demand only or according
 * to its health checks.
 */
public sealed interface InstanceLife permits ManualLife, SupervisedLife {

	/**
	 * Starts the model without waiting.
	 */
	void launch();

	/**
	 * Waits until the model is ready. Fails if the model doesn't become ready.
	 */
	void awaitReady();

	/**
	 * Returns the instance's current state.
	 * @return the state
	 */
	InstanceState state();

	/**
	 * Returns whether discovery and gateway may list the instance.
	 * @return {@code true} once the instance is ready
	 */
	boolean isReady();

	/**
	 * Returns the state under the health checks.
	 * @return the state; empty if there are no health checks
	 */
	Optional<Lifecycle> lifecycle();

	/**
	 * Returns why every start of the command fails, for example because the program
	 * doesn't exist.
	 * @return the reason; empty if the command can be started
	 */
	Optional<String> startFailure();

	/**
	 * Kills the model.
	 */
	void kill();

	/**
	 * Suspends the model.
	 */
	void freeze();

	/**
	 * Resumes the model after {@link #freeze()}.
	 */
	void thaw();

	/**
	 * Refuses connections while the model keeps running.
	 */
	void refuse();

	/**
	 * Ends every fault of the model and its port.
	 */
	void heal();

	/**
	 * Restarts the model and waits until it is ready.
	 */
	void restart();

	/**
	 * Removes the instance from the list, ends it as EAS does, and waits for its end.
	 */
	void retire();

	/**
	 * Asks the model to end for good and releases the port, without waiting.
	 */
	void terminate();

	/**
	 * Waits for the end of the model after {@link #terminate()}.
	 * @param grace how long to wait before the model is killed
	 */
	void awaitEnd(Duration grace);

}
