package io.eas.emulator.lifecycle;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The state of an instance in its lifecycle.
 *
 * @param phase the phase
 * @param since the time of the event that led to the phase; in {@link Phase#BACKING_OFF},
 * the time when the process ended
 * @param reason in {@link Phase#KILLED}, the check that failed and why; in
 * {@link Phase#BACKING_OFF}, why the process ended; otherwise empty
 * @param until in {@link Phase#BACKING_OFF}, the time when the next process starts;
 * otherwise {@code null}
 */
public record LifecycleState(Phase phase, Instant since, String reason, @Nullable Instant until) {

	/**
	 * Returns a state without a reason.
	 * @param phase any but {@link Phase#KILLED} and {@link Phase#BACKING_OFF}
	 * @param since the time of the event that led to the phase
	 * @return the state
	 */
	public static LifecycleState of(Phase phase, Instant since) {
		return new LifecycleState(phase, since, "", null);
	}

	static LifecycleState killed(Instant since, String reason) {
		return new LifecycleState(Phase.KILLED, since, reason, null);
	}

	static LifecycleState backingOff(Instant since, Instant until, String reason) {
		return new LifecycleState(Phase.BACKING_OFF, since, reason, until);
	}

	/**
	 * The phases of the lifecycle.
	 */
	public enum Phase {

		/** No process runs; one is to be started or is being started. */
		WAITING,

		/** The process runs, and its startup check hasn't succeeded yet. */
		STARTING,

		/** The process runs and takes traffic. */
		READY,

		/** The process runs, but its readiness check hasn't succeeded or has failed. */
		NOT_READY,

		/**
		 * A check has failed. SIGTERM was sent, SIGKILL follows after the grace period,
		 * and then the instance is restarted. Until its process has ended, the instance
		 * takes traffic while its readiness check passes.
		 */
		KILLED,

		/** The process has ended and will be restarted after a pause. */
		BACKING_OFF,

		/** The process was asked to end for good. */
		STOPPING,

		/** The instance has ended for good. */
		STOPPED;

		/**
		 * Returns whether the process runs and is meant to keep running.
		 * @return {@code false} also while the process is being ended
		 */
		public boolean isRunning() {
			return this == STARTING || this == READY || this == NOT_READY;
		}

	}

}
