package io.eas.emulator.lifecycle;

import java.time.Instant;

import io.eas.deployment.model.CheckKind;
import io.eas.emulator.probe.ProbeResult;

/**
 * Something that happened to an instance.
 */
public sealed interface LifecycleEvent {

	/**
	 * Returns when the event happened.
	 * @return the time
	 */
	Instant at();

	/**
	 * Something that happened to one of the instance's processes.
	 */
	sealed interface OfRun extends LifecycleEvent {

		/**
		 * Returns the process that the event is about.
		 * @return the number in its {@link LifecycleCommand.Launch}
		 */
		int run();

	}

	/**
	 * The instance is to be started.
	 *
	 * @param at when the event happened
	 */
	record Start(Instant at) implements LifecycleEvent {
	}

	/**
	 * The process runs.
	 *
	 * @param run the number of the process
	 * @param at when the event happened
	 */
	record Started(int run, Instant at) implements OfRun {
	}

	/**
	 * A check has finished.
	 *
	 * @param run the process that was running when the check began
	 * @param kind the kind of check
	 * @param result the result
	 * @param at when the check finished
	 */
	record Probed(int run, CheckKind kind, ProbeResult result, Instant at) implements OfRun {
	}

	/**
	 * The process has ended, or could not be started.
	 *
	 * @param run the number of the process
	 * @param how how it ended, such as {@code exit code 3}, {@code killed by signal 9} or
	 * {@code cannot start …}
	 * @param at when the event happened
	 */
	record Exited(int run, String how, Instant at) implements OfRun {
	}

	/**
	 * The grace period after {@link LifecycleCommand.Terminate} is over.
	 *
	 * @param run the number of the process
	 * @param at when the event happened
	 */
	record GraceOver(int run, Instant at) implements OfRun {
	}

	/**
	 * The time of {@link LifecycleCommand.WakeUp} has come.
	 *
	 * @param run the process that had ended
	 * @param at when the event happened
	 */
	record BackOffOver(int run, Instant at) implements OfRun {
	}

	/**
	 * The instance is to be ended for good.
	 *
	 * @param at when the event happened
	 */
	record Stop(Instant at) implements LifecycleEvent {
	}

}
