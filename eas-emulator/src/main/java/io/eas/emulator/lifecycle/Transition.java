package io.eas.emulator.lifecycle;

import java.util.List;

/**
 * The effect of an event.
 *
 * @param next the lifecycle after the event
 * @param commands the commands to carry out, in this order
 */
public record Transition(Lifecycle next, List<LifecycleCommand> commands) {

	/**
	 * Copies the commands.
	 */
	public Transition {
		commands = List.copyOf(commands);
	}

}
