package io.eas.emulator.lifecycle;

import java.time.Duration;
import java.time.Instant;

/**
 * Something to be done to an instance.
 */
public sealed interface LifecycleCommand {

	/**
	 * Which process it is about.
	 * @return its number, from 1
	 */
	int run();

	/**
	 * Start a process; {@link LifecycleEvent.Started} or {@link LifecycleEvent.Exited} is
	 * due.
	 *
	 * @param run the number it gets
	 */
	record Launch(int run) implements LifecycleCommand {
	}

	/**
	 * Do the readiness check out of turn, whatever its period says; it must be due.
	 *
	 * @param run the process
	 */
	record CheckReadiness(int run) implements LifecycleCommand {
	}

	/**
	 * Send SIGTERM now; {@link LifecycleEvent.GraceOver} is due after the grace period.
	 *
	 * @param run the process
	 * @param grace the grace period
	 */
	record Terminate(int run, Duration grace) implements LifecycleCommand {
	}

	/**
	 * Send SIGKILL.
	 *
	 * @param run the process
	 */
	record Kill(int run) implements LifecycleCommand {
	}

	/**
	 * {@link LifecycleEvent.BackOffOver} is due.
	 *
	 * @param run the process that has ended
	 * @param at when it is due
	 */
	record WakeUp(int run, Instant at) implements LifecycleCommand {
	}

}
