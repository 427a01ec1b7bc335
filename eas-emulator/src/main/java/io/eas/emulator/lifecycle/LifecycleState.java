package io.eas.emulator.lifecycle;

import java.time.Instant;

/**
 * Where an instance is in its life.
 */
public sealed interface LifecycleState {

	/**
	 * When it came to this.
	 * @return the time of the event that changed the state
	 */
	Instant since();

	/**
	 * Which of the alternatives this is.
	 * @return one value for each of them
	 */
	Phase phase();

	/**
	 * No process runs yet: it is to be started, or being started.
	 *
	 * @param since since when
	 */
	record Waiting(Instant since) implements LifecycleState {

		@Override
		public Phase phase() {
			return Phase.WAITING;
		}

	}

	/**
	 * The process runs, and its startup check hasn't succeeded yet.
	 *
	 * @param since since when
	 */
	record Starting(Instant since) implements LifecycleState {

		@Override
		public Phase phase() {
			return Phase.STARTING;
		}

	}

	/**
	 * The process runs and takes traffic.
	 *
	 * @param since since when
	 */
	record Ready(Instant since) implements LifecycleState {

		@Override
		public Phase phase() {
			return Phase.READY;
		}

	}

	/**
	 * The process runs, but its readiness check hasn't succeeded or has failed.
	 *
	 * @param since since when
	 */
	record NotReady(Instant since) implements LifecycleState {

		@Override
		public Phase phase() {
			return Phase.NOT_READY;
		}

	}

	/**
	 * A check has failed: SIGTERM was sent, SIGKILL follows after the grace period, and
	 * then the instance starts anew.
	 *
	 * @param since since when
	 * @param reason which check, and why
	 */
	record Killed(Instant since, String reason) implements LifecycleState {

		@Override
		public Phase phase() {
			return Phase.KILLED;
		}

	}

	/**
	 * The process has ended, and is started anew after a while.
	 *
	 * @param since when it ended
	 * @param until when it starts
	 * @param reason why it ended
	 */
	record BackingOff(Instant since, Instant until, String reason) implements LifecycleState {

		@Override
		public Phase phase() {
			return Phase.BACKING_OFF;
		}

	}

	/**
	 * The process was asked to end for good.
	 *
	 * @param since since when
	 */
	record Stopping(Instant since) implements LifecycleState {

		@Override
		public Phase phase() {
			return Phase.STOPPING;
		}

	}

	/**
	 * Ended for good.
	 *
	 * @param since since when
	 */
	record Stopped(Instant since) implements LifecycleState {

		@Override
		public Phase phase() {
			return Phase.STOPPED;
		}

	}

}
