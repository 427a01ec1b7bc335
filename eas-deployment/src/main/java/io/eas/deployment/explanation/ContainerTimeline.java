package io.eas.deployment.explanation;

import java.util.Map;
import java.util.stream.Stream;

import io.eas.deployment.model.CheckKind;
import io.eas.deployment.model.HealthCheck;
import org.jspecify.annotations.Nullable;

/**
 * When an instance starts, is listed, is killed: what follows from all its checks
 * together. Immutable; all times are in seconds.
 *
 * @param startup schedule of the startup check; {@code null} if there is none
 * @param liveness of the liveness check, likewise
 * @param readiness of the readiness check, likewise
 * @param grace from the decision to kill an instance to SIGKILL
 */
record ContainerTimeline(@Nullable CheckSchedule startup, @Nullable CheckSchedule liveness,
		@Nullable CheckSchedule readiness, int grace) {

	/** A client polls discovery every 5 to 10 s, so it notices after 0 to 10 s. */
	static final TimeRange POLL = new TimeRange(0, 10);

	static ContainerTimeline of(Map<CheckKind, HealthCheck> checks, int grace) {
		return new ContainerTimeline(schedule(checks, CheckKind.STARTUP), schedule(checks, CheckKind.LIVENESS),
				schedule(checks, CheckKind.READINESS), grace);
	}

	/**
	 * Whether some check is left out for a while after the start.
	 */
	boolean hasDelay() {
		return Stream.of(this.startup, this.liveness, this.readiness)
			.anyMatch((check) -> check != null && check.timings().initialDelaySeconds() > 0);
	}

	/**
	 * When an instance that passes every check is listed.
	 */
	TimeRange ready() {
		return ready((this.startup != null) ? this.startup.passedFromTheStart() : TimeRange.at(0));
	}

	/**
	 * When an instance is listed that started as late as the startup check allows and
	 * then passes every check, each as late as its timeout allows.
	 */
	long latestReady(CheckSchedule startup) {
		return ready(TimeRange.at(startup.latestPass())).to();
	}

	/**
	 * What follows where an instance that was ready refuses connections from 0 s on.
	 */
	Failure refusing() {
		return failure((this.readiness != null) ? this.readiness.failedAfterRefusing() : null,
				(this.liveness != null) ? this.liveness.failedAfterRefusing() : null);
	}

	/**
	 * What follows where an instance that was ready no longer answers from 0 s on.
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
	 * What follows from a failure at 0 s; {@code null} where it never happens.
	 *
	 * @param unlisted out of discovery
	 * @param killed by liveness
	 */
	record Failure(@Nullable TimeRange unlisted, @Nullable TimeRange killed) {
	}

}
