package io.eas.deployment.explanation;

import io.eas.deployment.model.Timings;

/**
 * The earliest and latest times at which one health check changes its result. Immutable;
 * all times are in seconds.
 * <p>
 * The kubelet has one worker for each check. The worker ticks once per period, from the
 * creation of the instance and through all restarts, so a container is first checked up
 * to one period after its start. A tick before the initial delay is skipped. The worker
 * waits for each response. If ticks occur meanwhile, the next check follows at once, and
 * all ticks but one are lost. Therefore checks that time out follow each other without a
 * pause if the timeout is longer than the period. The state changes after the threshold's
 * number of equal consecutive results. For example, with a delay of 3 s and a period of 2
 * s, the first check takes place 3 to 5 s after the start. With a threshold of three
 * failures, and if connections are refused, the check has failed after 7 to 9 s.
 * <p>
 * Readiness is checked additionally when the container starts, when readiness has failed,
 * and when the startup check has passed. Source: {@code pkg/kubelet/prober/worker.go} and
 * {@code prober_manager.go}.
 *
 * @param timings the timings of the check
 */
record CheckSchedule(Timings timings) {

	CheckSchedule {
		require("initial_delay_seconds", timings.initialDelaySeconds(), 0);
		require("period_seconds", timings.periodSeconds(), 1);
		require("timeout_seconds", timings.timeoutSeconds(), 1);
		require("success_threshold", timings.successThreshold(), 1);
		require("failure_threshold", timings.failureThreshold(), 1);
	}

	/**
	 * Returns the time from the container's start to the first tick that isn't skipped. A
	 * check of the previous container that still runs may delay this tick.
	 */
	TimeRange firstCheck() {
		return new TimeRange(delay(), Math.max(delay() + period(), timeout()));
	}

	/**
	 * Returns when a startup check has succeeded if every check passes.
	 */
	TimeRange passedFromTheStart() {
		return new TimeRange(delay() + atLeast(successes(), 0), firstCheck().to() + atMost(successes()) + timeout());
	}

	/**
	 * Returns the time of the last check at which the container may pass for the first
	 * time. If this check fails too, the health check as a whole has failed.
	 */
	TimeRange lastChance() {
		return new TimeRange(delay() + atLeast(failures(), 0), firstCheck().to() + atMost(failures()));
	}

	/**
	 * Returns the latest time at which the check can succeed: the container fails until
	 * its last chance, and then passes every check just before the timeout.
	 */
	long latestPass() {
		return lastChance().to() + atMost(successes()) + timeout();
	}

	/**
	 * Returns when a container that never passes has failed: at the earliest if every
	 * connection is refused, at the latest if every check times out.
	 */
	TimeRange failedFromTheStart() {
		return lastChance().plus(new TimeRange(0, timeout()));
	}

	/**
	 * Returns when a readiness check that always passes makes the container ready.
	 * @param started when the startup check has passed or, without a startup check, when
	 * the container has started
	 * @param waits whether there is a startup check
	 */
	TimeRange readyAfter(TimeRange started, boolean waits) {
		boolean outOfTurn = waits || delay() == 0;
		long first = Math.max(started.to(), (delay() > 0) ? firstCheck().to() : timeout());
		return new TimeRange(Math.max(started.from(), delay()) + atLeast(successes(), outOfTurn ? 1 : 0),
				first + atMost(successes()) + timeout());
	}

	/**
	 * Returns the time until the check has failed, from the moment at which the container
	 * begins to refuse connections. A refused connection fails at once. The moment may be
	 * just before or just after a check, and a check that is in progress at that moment
	 * still passes.
	 */
	TimeRange failedAfterRefusing() {
		return new TimeRange(atLeast(failures(), 0), slowest() + (failures() - 1) * period());
	}

	/**
	 * Returns the time from the moment at which responses stop until the check has
	 * failed. A check that is in progress at that moment is the first to fail.
	 */
	TimeRange failedAfterHanging() {
		return new TimeRange(atMost(failures()), period() + atMost(failures()) + timeout());
	}

	/**
	 * Returns the time from the moment at which the container recovers until readiness
	 * has passed. The moment may be just before the additional check, and the last
	 * response may take up to the timeout.
	 */
	TimeRange passedAfterRecovery() {
		return new TimeRange(atLeast(successes(), 1), slowest() + atMost(successes()) + timeout());
	}

	/**
	 * Returns the shortest time from the first to the last of some consecutive checks.
	 * @param outOfTurn the number of these checks that don't wait for a tick
	 */
	private long atLeast(long checks, int outOfTurn) {
		int madeUpFor = (timeout() > period()) ? 1 : 0;
		return Math.max(0, checks - 1 - outOfTurn - madeUpFor) * period();
	}

	private long atMost(long checks) {
		return (checks - 1) * slowest();
	}

	/**
	 * Returns the time from one check to the next if each check takes its whole timeout.
	 */
	private long slowest() {
		return Math.max(period(), timeout());
	}

	private long delay() {
		return this.timings.initialDelaySeconds();
	}

	private long timeout() {
		return this.timings.timeoutSeconds();
	}

	private long successes() {
		return this.timings.successThreshold();
	}

	private long period() {
		return this.timings.periodSeconds();
	}

	private long failures() {
		return this.timings.failureThreshold();
	}

	private static void require(String key, int value, int least) {
		if (value < least) {
			throw new InvalidTimingException(key + " must be " + least + " or more, was " + value);
		}
	}

}
