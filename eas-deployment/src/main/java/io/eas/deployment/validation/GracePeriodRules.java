package io.eas.deployment.validation;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.eas.deployment.finding.Finding;
import io.eas.deployment.finding.FindingCode;
import io.eas.deployment.model.CheckKind;
import io.eas.deployment.model.Timings;

/**
 * Rules about the time between SIGTERM and SIGKILL. An instance whose readiness check
 * fails from SIGTERM on leaves the list once {@code failure_threshold} checks have
 * failed. Every client has the shorter list 10 s later, because clients poll every 5 to
 * 10 s. For example, with a period of 10 s and 3 failures, this takes up to 40 s. The
 * default grace period of 30 s is too short for that.
 */
final class GracePeriodRules {

	static final List<Rule> ALL = List.of(GracePeriodRules::range, GracePeriodRules::drain);

	private static final String PATH = "metadata.eas.termination_grace_period";

	private static final int DEFAULT = 30;

	private static final int LONGEST = 3600;

	private static final int POLL = 10;

	private GracePeriodRules() {
	}

	static Stream<Finding> range(ValidationContext service) {
		Integer seconds = service.metadata().terminationGracePeriod();
		if (seconds == null || isSensible(seconds)) {
			return Stream.empty();
		}
		if (seconds < 0) {
			return MetadataRules.negative(service, PATH, seconds);
		}
		return Stream.of(service.finding(FindingCode.GRACE_PERIOD, PATH,
				"should be between 1 and " + LONGEST + " seconds, was " + seconds,
				"Write how long an instance may take to finish what it is doing, such as 30."));
	}

	static Stream<Finding> drain(ValidationContext service) {
		int seconds = Objects.requireNonNullElse(service.metadata().terminationGracePeriod(), DEFAULT);
		if (!service.getsSigterm() || !isSensible(seconds) || service.wrong(PATH)) {
			return Stream.empty();
		}
		return service.checks()
			.filter((check) -> check.kind() == CheckKind.READINESS && Timing.areSensible(check.timings()))
			.filter((check) -> seconds < drain(check.timings()))
			.limit(1)
			.map((check) -> tooShort(service, seconds, check.timings()));
	}

	private static Finding tooShort(ValidationContext service, int seconds, Timings readiness) {
		String assumed = service.written(PATH) ? "" : ", the default";
		return service.finding(FindingCode.GRACE_PERIOD, PATH,
				"should be at least " + drain(readiness) + " seconds, was " + seconds + assumed
						+ ": the health_check takes up to " + readiness.failureThreshold() + " x "
						+ readiness.periodSeconds() + " s to fail, clients another " + POLL + " s to notice",
				"Write at least that, plus the time that requests in progress need.");
	}

	private static long drain(Timings readiness) {
		return (long) readiness.periodSeconds() * readiness.failureThreshold() + POLL;
	}

	private static boolean isSensible(int seconds) {
		return seconds > 0 && seconds <= LONGEST;
	}

}
