package io.eas.emulator.lifecycle;

import java.time.Instant;

import io.eas.deployment.model.CheckKind;
import io.eas.emulator.probe.ProbeResult;

/**
 * Something that happened to an instance.
 */
public sealed interface LifecycleEvent {

	/**
	 * When it happened.
	 * @return the time
	 */
	Instant at();

	/**
	 * Something that happened to one of the instance's processes.
	 */
	sealed interface OfRun extends LifecycleEvent {

		/**
		 * Which of them.
		 * @return the number its {@link LifecycleCommand.Launch} had
		 */
		int run();

	}

	/**
	 * The instance shall run.
	 *
	 * @param at when
	 */
	record Start(Instant at) implements LifecycleEvent {
	}

	/**
	 * The process runs.
	 *
	 * @param run the process
	 * @param at when
	 */
	record Started(int run, Instant at) implements OfRun {
	}

	/**
	 * A check was done.
	 *
	 * @param run the process that was running when it began
	 * @param kind what for
	 * @param result what it found
	 * @param at when it was over
	 */
	record Probed(int run, CheckKind kind, ProbeResult result, Instant at) implements OfRun {
	}

	/**
	 * The process has ended, or could not be started.
	 *
	 * @param run the process
	 * @param how such as {@code exit code 3}, {@code killed by signal 9} or
	 * {@code cannot start …}
	 * @param at when
	 */
	record Exited(int run, String how, Instant at) implements OfRun {
	}

	/**
	 * The grace period after {@link LifecycleCommand.Terminate} is over.
	 *
	 * @param run the process
	 * @param at when
	 */
	record GraceOver(int run, Instant at) implements OfRun {
	}

	/**
	 * The time of {@link LifecycleCommand.WakeUp} has come.
	 *
	 * @param run the process that had ended
	 * @param at when
	 */
	record BackOffOver(int run, Instant at) implements OfRun {
	}

	/**
	 * The instance shall end for good.
	 *
	 * @param at when
	 */
	record Stop(Instant at) implements LifecycleEvent {
	}

}
