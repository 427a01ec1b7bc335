package io.eas.deployment.generation;

import java.time.Duration;
import java.util.Objects;

import org.springframework.boot.convert.DurationStyle;

/**
 * What {@code eas.server} and graceful shutdown say of the application's end. The
 * defaults are those of {@code eas-spring-boot-autoconfigure} and Spring Boot 4.1.
 *
 * @param readinessPeriod in seconds, between two readiness checks
 * @param readinessFailureThreshold so many of them in a row must fail
 * @param terminationGracePeriod in seconds: what the application takes to end in order
 */
record ServerSettings(int readinessPeriod, int readinessFailureThreshold, int terminationGracePeriod) {

	/** The longest that a client takes to hear of a change. */
	private static final Duration POLL = Duration.ofSeconds(10);

	private static final Duration PHASE = Duration.ofSeconds(30);

	/** For what ends a process besides its phases. */
	private static final Duration MARGIN = Duration.ofSeconds(5);

	static ServerSettings of(Settings settings) {
		Duration period = settings.duration("eas.server.readiness-period", Duration.ofSeconds(10));
		require(period.toMillis() >= 1000 && period.toMillis() % 1000 == 0, "eas.server.readiness-period", period,
				"whole seconds, from 1s");
		int threshold = Objects.requireNonNullElse(settings.number("eas.server.readiness-failure-threshold"), 3);
		require(threshold >= 1, "eas.server.readiness-failure-threshold", threshold, "1 or more");
		Duration drain = settings.duration("eas.server.drain-delay", period.multipliedBy(threshold).plus(POLL));
		require(!drain.isNegative(), "eas.server.drain-delay", drain, "0s or more");
		Duration phase = settings.duration("spring.lifecycle.timeout-per-shutdown-phase", PHASE);
		Duration end = drain.plus(phase).plus(MARGIN);
		return new ServerSettings((int) period.toSeconds(), threshold, Math.toIntExact((end.toMillis() + 999) / 1000));
	}

	private static void require(boolean condition, String name, Object value, String allowed) {
		if (!condition) {
			throw new GenerationException(name + " must be " + allowed + ", was "
					+ ((value instanceof Duration duration) ? DurationStyle.SIMPLE.print(duration) : value));
		}
	}

}
