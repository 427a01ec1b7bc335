package io.eas.deployment.explanation;

import java.util.Map;
import java.util.stream.Stream;

import io.eas.deployment.model.CheckKind;
import io.eas.deployment.model.HealthCheck;
import org.jspecify.annotations.Nullable;

/**
 * The times at which an instance is listed, unlisted and killed, as a result of all its
 * checks together. Immutable; all times are in seconds.
 *
 * @param startup the schedule of the startup check; {@code null} if there is none
 * @param liveness the schedule of the liveness check; {@code null} if there is none
 * @param readiness the schedule of the readiness check; {@code null} if there is none
 * @param grace the time from the decision to kill an instance to SIGKILL
 */
record ContainerTimeline(@Nullable CheckSchedule startup, @Nullable CheckSchedule liveness,
		@Nullable CheckSchedule readiness, int grace) {

	/**
	 * A client polls discovery every 5 to 10 s, so it notices a change after 0 to 10 s.
	 */
	static final TimeRange POLL = new TimeRange(0, 10);

	static ContainerTimeline of(Map<CheckKind, HealthCheck> checks, int grace) {
		return new ContainerTimeline(schedule(checks, CheckKind.STARTUP), schedule(checks, CheckKind.LIVENESS),
				schedule(checks, CheckKind.READINESS), grace);
	}

	/**
	 * Returns whether any check has an initial delay.
	 */
	boolean hasDelay() {
		return Stream.of(this.startup, this.liveness, this.readiness)
			.anyMatch((check) -> check != null && check.timings().initialDelaySeconds() > 0);
	}

	/**
	 * Returns when an instance that passes every check is listed.
	 */
	TimeRange ready() {
		return ready((this.startup != null) ? this.startup.passedFromTheStart() : TimeRange.at(0));
	}

	/**
	 * Returns the latest time at which an instance can be listed: it starts as late as
	 * the startup check allows, and then passes every check just before its timeout.
	 */
	long latestReady(CheckSchedule startup) {
		return ready(TimeRange.at(startup.latestPass())).to();
	}

	/**
	 * Returns the consequences if a ready instance refuses connections from 0 s on.
	 */
	Failure refusing() {
		return failure((this.readiness != null) ? this.readiness.failedAfterRefusing() : null,
				(this.liveness != null) ? this.liveness.failedAfterRefusing() : null);
	}

	/**
	 * Returns the consequences if a ready instance no longer answers from 0 s on.
	 */
	Failure hanging() {
		return failure((this.readiness != null) ? this.readiness.failedAfterHanging() : null,
				(this.liveness != null) ? this.liveness.failedAfterHanging() : null);
	}

	private Failure failure(@Nullable TimeRange notReady, @Nullable TimeRange killed) {
		TimeRange gone = (killed != null) ? killed.plus(new TimeRange(0, this.grace)) : null;
		TimeRange unlisted = (notReady != null && gone != null) ? notReady.orEarlier(gone)
				: (notReady != null) ? notReady : gone;
		return new Failure(unlisted, killed);
	}

	private TimeRange ready(TimeRange started) {
		return (this.readiness != null) ? this.readiness.readyAfter(started, this.startup != null) : started;
	}

	private static @Nullable CheckSchedule schedule(Map<CheckKind, HealthCheck> checks, CheckKind kind) {
		HealthCheck check = checks.get(kind);
		return (check != null) ? new CheckSchedule(check.timings()) : null;
	}

	/**
	 * The consequences of a failure at 0 s.
	 *
	 * @param unlisted when the instance is removed from discovery; {@code null} if never
	 * @param killed when the instance is killed by its liveness check; {@code null} if
	 * never
	 */
	record Failure(@Nullable TimeRange unlisted, @Nullable TimeRange killed) {
	}

}
