package io.eas.deployment.explanation;

import io.eas.deployment.model.Timings;

/**
 * When one health check changes its result, at the earliest and at the latest. Immutable;
 * all times are in seconds.
 * <p>
 * The kubelet has one worker for each check. It ticks every period, from when the
 * instance was made and through all restarts, so a container is first checked up to one
 * period after its start; a tick before the initial delay is skipped. The worker waits
 * for the answer; a tick that comes meanwhile is made up for at once, others are lost, so
 * that checks which run into a timeout longer than the period follow each other without a
 * pause. So many equal results in a row as the threshold says change the state. For
 * example with a delay of 3, a period of 2 and three failures: the first check 3 to 5 s
 * after the start, failed at 7 to 9 s where connections are refused.
 * <p>
 * Readiness also gets a check out of turn: when the container starts, when it has failed,
 * and when the startup check has passed. Source: {@code pkg/kubelet/prober/worker.go} and
 * {@code prober_manager.go}.
 *
 * @param timings of the check
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
	 * The first tick that isn't skipped, since the container's start. It waits for a
	 * check of the container before.
	 */
	TimeRange firstCheck() {
		return new TimeRange(delay(), Math.max(delay() + period(), timeout()));
	}

	/**
	 * The success of a startup check where every check passes.
	 */
	TimeRange passedFromTheStart() {
		return new TimeRange(delay() + atLeast(successes(), 0), firstCheck().to() + atMost(successes()) + timeout());
	}

	/**
	 * The last check that may be the first to pass: one failure later it has failed.
	 */
	TimeRange lastChance() {
		return new TimeRange(delay() + atLeast(failures(), 0), firstCheck().to() + atMost(failures()));
	}

	/**
	 * The latest success of a container that passes that last chance and then always,
	 * each time as late as the timeout allows.
	 */
	long latestPass() {
		return lastChance().to() + atMost(successes()) + timeout();
	}

	/**
	 * When a container that never passes has failed: at the earliest with every
	 * connection refused, at the latest with every check running into its timeout.
	 */
	TimeRange failedFromTheStart() {
		return lastChance().plus(new TimeRange(0, timeout()));
	}

	/**
	 * When a readiness check that always passes makes the container ready.
	 * @param started when the startup check has passed, or the container has started
	 * @param waits whether there is a startup check
	 */
	TimeRange readyAfter(TimeRange started, boolean waits) {
		boolean outOfTurn = waits || delay() == 0;
		long first = Math.max(started.to(), (delay() > 0) ? firstCheck().to() : timeout());
		return new TimeRange(Math.max(started.from(), delay()) + atLeast(successes(), outOfTurn ? 1 : 0),
				first + atMost(successes()) + timeout());
	}

	/**
	 * From the moment on which connections are refused, and so fail at once, until it has
	 * failed. The moment may be just before a check or just after one, and a check that
	 * is being done then still passes.
	 */
	TimeRange failedAfterRefusing() {
		return new TimeRange(atLeast(failures(), 0), slowest() + (failures() - 1) * period());
	}

	/**
	 * From the moment on which answers no longer come until it has failed. A check that
	 * is being done then is the first to fail.
	 */
	TimeRange failedAfterHanging() {
		return new TimeRange(atMost(failures()), period() + atMost(failures()) + timeout());
	}

	/**
	 * From the moment on which readiness would pass again until it counts as passed. The
	 * moment may be just before the check out of turn, and the last answer may take up to
	 * the timeout.
	 */
	TimeRange passedAfterRecovery() {
		return new TimeRange(atLeast(successes(), 1), slowest() + atMost(successes()) + timeout());
	}

	/**
	 * From the first of some checks in a row to the last.
	 * @param outOfTurn how many of them need not wait for a tick
	 */
	private long atLeast(long checks, int outOfTurn) {
		int madeUpFor = (timeout() > period()) ? 1 : 0;
		return Math.max(0, checks - 1 - outOfTurn - madeUpFor) * period();
	}

	private long atMost(long checks) {
		return (checks - 1) * slowest();
	}

	/** From one check to the next where each takes its whole timeout. */
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
