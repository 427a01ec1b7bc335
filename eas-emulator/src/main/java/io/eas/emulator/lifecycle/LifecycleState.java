package io.eas.emulator.lifecycle;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Where an instance is in its life.
 *
 * @param phase which of the alternatives this is
 * @param since the time of the event that led to it; in {@link Phase#BACKING_OFF} when
 * the process ended
 * @param reason in {@link Phase#KILLED} which check has failed and why, in
 * {@link Phase#BACKING_OFF} why the process ended; empty otherwise
 * @param until in {@link Phase#BACKING_OFF} when the next process starts; {@code null}
 * otherwise
 */
public record LifecycleState(Phase phase, Instant since, String reason, @Nullable Instant until) {

	/**
	 * A state without a reason.
	 * @param phase any but {@link Phase#KILLED} and {@link Phase#BACKING_OFF}
	 * @param since the time of the event that led to it
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
	 * The alternatives.
	 */
	public enum Phase {

		/** No process runs yet: it is to be started, or being started. */
		WAITING,

		/** The process runs, and its startup check hasn't succeeded yet. */
		STARTING,

		/** The process runs and takes traffic. */
		READY,

		/** The process runs, but its readiness check hasn't succeeded or has failed. */
		NOT_READY,

		/**
		 * A check has failed: SIGTERM was sent, SIGKILL follows after the grace period,
		 * and then the instance starts anew. Until its process is gone it takes traffic
		 * if its readiness says so.
		 */
		KILLED,

		/** The process has ended, and is started anew after a while. */
		BACKING_OFF,

		/** The process was asked to end for good. */
		STOPPING,

		/** Ended for good. */
		STOPPED;

		/**
		 * Whether the process runs and is meant to go on.
		 * @return {@code false} also while it is being ended
		 */
		public boolean isRunning() {
			return this == STARTING || this == READY || this == NOT_READY;
		}

	}

}
