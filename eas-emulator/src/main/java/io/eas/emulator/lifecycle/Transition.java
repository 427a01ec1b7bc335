package io.eas.emulator.lifecycle;

import java.util.List;

/**
 * What follows from an event.
 *
 * @param next the life from now on
 * @param commands what to do, in this order
 */
public record Transition(Lifecycle next, List<LifecycleCommand> commands) {

	/**
	 * Copies.
	 */
	public Transition {
		commands = List.copyOf(commands);
	}

}
