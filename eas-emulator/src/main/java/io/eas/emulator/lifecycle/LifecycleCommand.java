package io.eas.emulator.lifecycle;

import java.time.Duration;
import java.time.Instant;

/**
 * A command of the lifecycle, to be carried out on an instance.
 */
public sealed interface LifecycleCommand {

	/**
	 * Returns the process that the command is about.
	 * @return the number of the process, from 1
	 */
	int run();

	/**
	 * Start a process and report {@link LifecycleEvent.Started} or
	 * {@link LifecycleEvent.Exited}.
	 *
	 * @param run the number of the process
	 */
	record Launch(int run) implements LifecycleCommand {
	}

	/**
	 * Carry out an additional readiness check, independent of its period, if the check is
	 * due.
	 *
	 * @param run the number of the process
	 */
	record CheckReadiness(int run) implements LifecycleCommand {
	}

	/**
	 * Send SIGTERM now, and report {@link LifecycleEvent.GraceOver} after the grace
	 * period.
	 *
	 * @param run the number of the process
	 * @param grace the grace period
	 */
	record Terminate(int run, Duration grace) implements LifecycleCommand {
	}

	/**
	 * Send SIGKILL.
	 *
	 * @param run the number of the process
	 */
	record Kill(int run) implements LifecycleCommand {
	}

	/**
	 * Report {@link LifecycleEvent.BackOffOver} later.
	 *
	 * @param run the process that has ended
	 * @param at when to report
	 */
	record WakeUp(int run, Instant at) implements LifecycleCommand {
	}

}
