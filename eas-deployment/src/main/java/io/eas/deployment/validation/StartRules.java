package io.eas.deployment.validation;

import java.util.List;
import java.util.stream.Stream;

import io.eas.deployment.finding.Finding;
import io.eas.deployment.finding.FindingCode;
import io.eas.deployment.model.CheckKind;

/**
 * Rules about instances that are killed before they have started. The kubelet checks once
 * per period, skips checks before the initial delay, and kills an instance after
 * {@code failure_threshold} consecutive failures. For example, with a delay of 15 s, a
 * period of 10 s and 3 failures, it may check after 15, 25 and 35 s. An instance that
 * needs longer than 35 s may then never start.
 */
final class StartRules {

	static final List<Rule> ALL = List.of(StartRules::liveness, StartRules::startup);

	private StartRules() {
	}

	static Stream<Finding> liveness(ValidationContext service) {
		return service.checks()
			.filter((check) -> check.kind() == CheckKind.LIVENESS && !guarded(service, check)
					&& tooShort(service, check))
			.map((check) -> service.finding(FindingCode.LIVENESS_BEFORE_START, check.path(), kills(service, check),
					"Add a startup_check with a failure_threshold of at least "
							+ threshold(service, 0, check.timings().periodSeconds())
							+ " and the same period_seconds."));
	}

	static Stream<Finding> startup(ValidationContext service) {
		return service.checks()
			.filter((check) -> check.kind() == CheckKind.STARTUP && tooShort(service, check))
			.map((check) -> service.finding(FindingCode.STARTUP_TOO_SHORT, check.path(), kills(service, check),
					"Write a failure_threshold of at least "
							+ threshold(service, check.timings().initialDelaySeconds(), check.timings().periodSeconds())
							+ "."));
	}

	private static String kills(ValidationContext service, LocatedCheck check) {
		return "should leave an instance " + seconds(service) + " s to start, leaves " + check.timings().lastChance()
				+ " s";
	}

	private static boolean tooShort(ValidationContext service, LocatedCheck check) {
		return Timing.areSensible(check.timings()) && check.timings().lastChance() < seconds(service);
	}

	private static boolean guarded(ValidationContext service, LocatedCheck liveness) {
		return service.checks()
			.anyMatch((check) -> check.kind() == CheckKind.STARTUP && check.container().equals(liveness.container()));
	}

	private static long threshold(ValidationContext service, long firstCheck, long period) {
		return (Math.max(0, seconds(service) - firstCheck) + period - 1) / period + 1;
	}

	private static long seconds(ValidationContext service) {
		return service.startTime().plusNanos(999_999_999).toSeconds();
	}

}
