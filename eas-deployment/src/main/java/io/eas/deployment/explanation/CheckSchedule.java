package io.eas.deployment.explanation;

import io.eas.deployment.model.Timings;

/**
 * When one health check changes its result. Immutable; all times are in seconds.
 * <p>
 * The kubelet has one worker for each check. It ticks when the container starts and then
 * every period, and a tick before the initial delay is skipped: the delay is rounded up
 * to a tick. The worker waits for the answer; a tick that comes meanwhile is made up for
 * at once, others are lost, so that checks which run into a timeout longer than the
 * period follow each other without a pause. So many equal results in a row as the
 * threshold says change the state. Source: {@code pkg/kubelet/prober/worker.go}. For
 * example with a delay of 3, a period of 2 and three failures: checks at 4, 6 and 8 s,
 * failed at 8 s where connections are refused.
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
	 * The first check, since the container's start.
	 */
	long firstCheck() {
		return this.timings.firstCheck();
	}

	/**
	 * The first check after a moment.
	 * @param seconds since the container's start
	 */
	long checkAfter(long seconds) {
		return Math.max(firstCheck(), (seconds / period() + 1) * period());
	}

	/**
	 * The passing check that makes the first success, where every check passes.
	 */
	long earliestPass() {
		return firstCheck() + untilSuccess();
	}

	/**
	 * The last check that may be the first to pass: one failure later it has failed.
	 */
	long lastChance() {
		return this.timings.lastChance();
	}

	/**
	 * The latest success of a container that passes that last chance and then always,
	 * each time as late as the timeout allows.
	 */
	long latestPass() {
		return lastChance() + (successes() - 1) * slowest() + timeout();
	}

	/**
	 * When a container that never passes has failed: at the earliest with every
	 * connection refused, at the latest with every check running into its timeout.
	 */
	TimeRange failedFromTheStart() {
		return new TimeRange(lastChance(), firstCheck() + lastOfHanging());
	}

	/**
	 * From the moment on which connections are refused, and so fail at once, until it has
	 * failed. The moment may be just before a check or just after one.
	 */
	TimeRange failedAfterRefusing() {
		return new TimeRange((failures() - 1) * period(), failures() * period());
	}

	/**
	 * From the moment on which answers no longer come until it has failed.
	 */
	TimeRange failedAfterHanging() {
		return new TimeRange(lastOfHanging(), period() + lastOfHanging());
	}

	/**
	 * From the moment on which it would pass again until it counts as passed. The last
	 * answer may take up to the timeout.
	 */
	TimeRange passedAfterRecovery() {
		return new TimeRange(untilSuccess(), successes() * slowest() + timeout());
	}

	/**
	 * From the first passing check to the one that makes a success.
	 */
	long untilSuccess() {
		return (successes() - 1) * period();
	}

	long timeout() {
		return this.timings.timeoutSeconds();
	}

	/** From the first of the failing checks to the end of the last one. */
	private long lastOfHanging() {
		return (failures() - 1) * slowest() + timeout();
	}

	/** From one check to the next where each takes its whole timeout. */
	private long slowest() {
		return Math.max(period(), timeout());
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
