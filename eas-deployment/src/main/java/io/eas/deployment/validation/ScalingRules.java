package io.eas.deployment.validation;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.eas.deployment.finding.Finding;
import io.eas.deployment.finding.FindingCode;
import io.eas.deployment.finding.Placeholder;
import io.eas.deployment.finding.Quoted;
import io.eas.deployment.model.RollingStrategy;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Rules about the number of instances: in {@code autoscaler} and during an update.
 */
final class ScalingRules {

	static final List<Rule> ALL = List.of(ScalingRules::rollingStrategy, ScalingRules::autoscaler);

	private static final String ROLLING = "metadata.rolling_strategy.";

	private static final Pattern PERCENT = Pattern.compile("(\\d{1,4})%");

	private static final int ALL_OF_THEM = 100;

	private ScalingRules() {
	}

	static Stream<Finding> rollingStrategy(ValidationContext service) {
		RollingStrategy strategy = service.metadata().rollingStrategy();
		if (strategy == null) {
			return Stream.empty();
		}
		if (isZero(strategy.maxSurge()) && isZero(strategy.maxUnavailable())) {
			return Stream.of(service.finding(FindingCode.OUT_OF_RANGE, ROLLING + "max_unavailable",
					"must not be 0 where max_surge is 0 too, as no instance could be replaced",
					"Write 1 or more for one of the two."));
		}
		return Stream.concat(amount(service, "max_surge", strategy.maxSurge()),
				amount(service, "max_unavailable", strategy.maxUnavailable()));
	}

	static Stream<Finding> autoscaler(ValidationContext service) {
		JsonNode autoscaler = service.other("autoscaler");
		JsonNode min = autoscaler.path("min");
		JsonNode max = autoscaler.path("max");
		if (!min.isInt() || !max.isInt() || min.intValue() <= max.intValue()) {
			return Stream.empty();
		}
		return Stream.of(service.finding(FindingCode.AUTOSCALER_RANGE, "autoscaler.min",
				"must not be above max, " + max.intValue() + ", was " + min.intValue(), "Swap the two, or raise max."));
	}

	private static Stream<Finding> amount(ValidationContext service, String key, @Nullable JsonNode value) {
		if (value == null || isAmount(value, key.equals("max_unavailable"))) {
			return Stream.empty();
		}
		return Stream.of(service.finding(FindingCode.OUT_OF_RANGE, ROLLING + key,
				"must be a whole number of instances from 0 on, or a percentage in quotes, was "
						+ (value.isString() ? Quoted.text(value.stringValue()) : value.toString()),
				"Write a value such as 1 or \"25%\"."));
	}

	private static boolean isAmount(JsonNode value, boolean atMostAll) {
		if (value.isNumber()) {
			return value.isInt() && value.intValue() >= 0;
		}
		Matcher percent = PERCENT.matcher(value.stringValue());
		return Placeholder.isIn(value.stringValue())
				|| (percent.matches() && (!atMostAll || Integer.parseInt(percent.group(1)) <= ALL_OF_THEM));
	}

	private static boolean isZero(@Nullable JsonNode value) {
		return value != null
				&& ((value.isInt() && value.intValue() == 0) || (value.isString() && value.stringValue().equals("0%")));
	}

}
