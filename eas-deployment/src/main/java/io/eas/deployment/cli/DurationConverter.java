package io.eas.deployment.cli;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import org.springframework.boot.convert.DurationStyle;

/**
 * Converts a duration in Spring Boot's notation, such as {@code 60s} or {@code 2m}. A
 * number without a unit is in seconds. The duration must be above 0 and at most a day.
 */
final class DurationConverter implements ITypeConverter<Duration> {

	private static final Duration LONGEST = Duration.ofDays(1);

	@Override
	public Duration convert(String value) {
		try {
			Duration duration = DurationStyle.detectAndParse(value, ChronoUnit.SECONDS);
			if (duration.isNegative() || duration.isZero() || duration.compareTo(LONGEST) > 0) {
				throw new TypeConversionException("must be more than 0 and at most 24h, was " + value);
			}
			return duration;
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			throw new TypeConversionException("must be a duration such as 60s or 2m, was " + value);
		}
	}

}
