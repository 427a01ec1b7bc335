package io.eas.deployment.validation;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.eas.deployment.finding.Finding;
import io.eas.deployment.finding.FindingCode;
import io.eas.deployment.model.CheckKind;
import io.eas.deployment.model.Timings;

/**
 * Rules about each of the five timings on its own.
 */
final class TimingRules {

	static final List<Rule> ALL = List.of(TimingRules::range, TimingRules::success, TimingRules::timeout,
			TimingRules::defaults);

	private TimingRules() {
	}

	static Stream<Finding> range(ValidationContext service) {
		return service.checks()
			.flatMap((check) -> Timing.of(check.timings())
				.filter((timing) -> timing.value() < timing.least())
				.map((timing) -> service.finding(FindingCode.OUT_OF_RANGE, check.at(timing.key()),
						"must be " + timing.least() + " or more, was " + timing.value(),
						"Write " + timing.least() + " or more.")));
	}

	static Stream<Finding> success(ValidationContext service) {
		return service.checks()
			.filter((check) -> check.kind() != CheckKind.READINESS && check.timings().successThreshold() > 1)
			.map((check) -> service.finding(FindingCode.SUCCESS_THRESHOLD, check.at("success_threshold"),
					"must be 1 for a " + check.kind().key() + ", was " + check.timings().successThreshold(),
					"Write 1: Kubernetes refuses anything else, though the vendor's own example has 2."));
	}

	static Stream<Finding> timeout(ValidationContext service) {
		return service.checks().flatMap((check) -> {
			Timings timings = check.timings();
			if (timings.timeoutSeconds() <= timings.periodSeconds() || timings.periodSeconds() < 1) {
				return Stream.empty();
			}
			return Stream.of(service.finding(FindingCode.TIMEOUT_OVER_PERIOD, check.at("timeout_seconds"),
					"should not be longer than period_seconds, " + timings.periodSeconds() + ", was "
							+ timings.timeoutSeconds(),
					"Lengthen the period or shorten the timeout: a check that hangs holds up the next one."));
		});
	}

	static Stream<Finding> defaults(ValidationContext service) {
		return service.checks().flatMap((check) -> {
			List<Timing> left = Timing.of(check.timings())
				.filter((timing) -> !service.written(check.at(timing.key())))
				.toList();
			return left.isEmpty() ? Stream.empty() : Stream.of(left(service, check, left));
		});
	}

	private static Finding left(ValidationContext service, LocatedCheck check, List<Timing> left) {
		String keys = left.stream().map(Timing::key).collect(Collectors.joining(", "));
		String values = left.stream()
			.map((timing) -> '"' + timing.key() + "\": " + timing.value())
			.collect(Collectors.joining(", "));
		return service.finding(FindingCode.TIMING_DEFAULT, check.path(),
				"should set all five timings, as the documented defaults contradict each other, lacks " + keys,
				"The JSON reference's defaults would be " + values + ".");
	}

}
