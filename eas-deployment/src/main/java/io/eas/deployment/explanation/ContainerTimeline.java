package io.eas.deployment.explanation;

import io.eas.deployment.model.CheckKind;
import io.eas.deployment.model.Container;
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

	static ContainerTimeline of(Container container, int grace) {
		return new ContainerTimeline(schedule(container, CheckKind.STARTUP), schedule(container, CheckKind.LIVENESS),
				schedule(container, CheckKind.READINESS), grace);
	}

	/**
	 * Whether there is no check at all.
	 */
	boolean isEmpty() {
		return this.startup == null && this.liveness == null && this.readiness == null;
	}

	/**
	 * When an instance that passes every check is listed. A readiness check at the very
	 * second of the passing startup check comes before that one's answer.
	 */
	long earliestReady() {
		if (this.startup != null) {
			return ready(this.startup.earliestPass());
		}
		return (this.readiness != null) ? this.readiness.earliestPass() : 0;
	}

	/**
	 * When an instance is listed that started as late as the startup check allows and
	 * then passes every check, each as late as its timeout allows.
	 */
	long latestReady(CheckSchedule startup) {
		long slowness = (this.readiness != null) ? this.readiness.timeout() : 0;
		return ready(startup.latestPass()) + slowness;
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

	private long ready(long started) {
		return (this.readiness != null) ? this.readiness.checkAfter(started) + this.readiness.untilSuccess() : started;
	}

	private static @Nullable CheckSchedule schedule(Container container, CheckKind kind) {
		HealthCheck check = container.check(kind);
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
