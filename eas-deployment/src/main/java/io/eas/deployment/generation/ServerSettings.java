package io.eas.deployment.generation;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;

/**
 * The application's shutdown according to {@code eas.server} and the settings of Spring
 * Boot's graceful shutdown. The defaults are those of
 * {@code eas-spring-boot-autoconfigure} and Spring Boot 4.1.
 *
 * @param readinessPeriod the time between two readiness checks, in seconds
 * @param readinessFailureThreshold the number of consecutive failures that make an
 * instance unready
 * @param terminationGracePeriod the time in seconds that the application needs for a
 * graceful shutdown, and that clients need to notice it
 */
record ServerSettings(int readinessPeriod, int readinessFailureThreshold, int terminationGracePeriod) {

	/** The longest time until a client knows of a change. */
	private static final Duration POLLS = Duration.ofSeconds(20);

	private static final Duration PHASE = Duration.ofSeconds(30);

	private static final Duration LONGEST_PERIOD = Duration.ofMinutes(5);

	private static final Duration LONGEST_END = Duration.ofMinutes(60);

	private static final int MOST_FAILURES = 100;

	/** The time that a process needs to end, in addition to its lifecycle phases. */
	private static final Duration MARGIN = Duration.ofSeconds(5);

	static ServerSettings of(Settings settings) {
		Duration period = duration(settings, "eas.server.readiness-period", Duration.ofSeconds(10), LONGEST_PERIOD);
		require(period.toMillis() >= 1000 && period.toMillis() % 1000 == 0, "eas.server.readiness-period",
				"whole seconds, from 1s", print(period));
		int threshold = Objects.requireNonNullElse(settings.number("eas.server.readiness-failure-threshold"), 3);
		require(threshold >= 1 && threshold <= MOST_FAILURES, "eas.server.readiness-failure-threshold",
				"from 1 to " + MOST_FAILURES, threshold);
		Duration known = period.multipliedBy(threshold).plus(POLLS);
		Duration drain = duration(settings, "eas.server.drain-delay", known, LONGEST_END);
		Duration phase = duration(settings, "spring.lifecycle.timeout-per-shutdown-phase", PHASE, LONGEST_END);
		Duration end = longer(drain.plus(phase).plus(MARGIN), known);
		require(end.compareTo(LONGEST_END) <= 0,
				"The shutdown of an instance, which takes eas.server.drain-delay (by default readiness-period x "
						+ "readiness-failure-threshold + 20s) plus spring.lifecycle.timeout-per-shutdown-phase,",
				"over within " + LONGEST_END.toSeconds() + "s", end.toSeconds() + "s: shorten one of them");
		return new ServerSettings((int) period.toSeconds(), threshold, Math.toIntExact((end.toMillis() + 999) / 1000));
	}

	private static Duration longer(Duration one, Duration other) {
		return (one.compareTo(other) >= 0) ? one : other;
	}

	private static Duration duration(Settings settings, String name, Duration otherwise, Duration most) {
		Duration value = settings.duration(name);
		require(value == null || (!value.isNegative() && value.compareTo(most) <= 0), name,
				"from 0s to " + most.toMinutes() + "m", print(value));
		return Objects.requireNonNullElse(value, otherwise);
	}

	private static String print(@Nullable Duration value) {
		return (value != null) ? DurationStyle.SIMPLE.print(value) : "";
	}

	private static void require(boolean condition, String name, String allowed, Object value) {
		if (!condition) {
			throw new GenerationException(name + " must be " + allowed + ", was " + value);
		}
	}

}
