package io.eas.deployment.cli;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import org.springframework.boot.convert.DurationStyle;

/**
 * A duration above 0 as Spring Boot writes it, such as {@code 60s} or {@code 2m}; a
 * number alone is in seconds.
 */
final class DurationConverter implements ITypeConverter<Duration> {

	@Override
	public Duration convert(String value) {
		try {
			Duration duration = DurationStyle.detectAndParse(value, ChronoUnit.SECONDS);
			if (duration.isNegative() || duration.isZero()) {
				throw new TypeConversionException("must be more than 0, was " + value);
			}
			return duration;
		}
		catch (IllegalArgumentException | ArithmeticException ex) {
			throw new TypeConversionException("must be a duration such as 60s or 2m, was " + value);
		}
	}

}
