package io.eas.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Formats the current date for HTTP, at most once per second, and parses the three date
 * formats of RFC 9110, section 5.6.7. Thread-safe.
 */
public final class HttpDate {

	private static final DateTimeFormatter FORMAT = DateTimeFormatter
		.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
		.withZone(ZoneOffset.UTC);

	private static final Pattern SECONDS = Pattern.compile("\\d+");

	/** The day of the week, which is redundant. */
	private static final Pattern DAY = Pattern.compile("^[A-Za-z]{3,9},? +");

	/** An upper limit that is longer than any wait and avoids overflows. */
	private static final long LONGEST = Duration.ofDays(36_500).toMillis();

	private static final DateTimeFormatter FULL = form("d MMM uuuu HH:mm:ss 'GMT'");

	private static final DateTimeFormatter OF_C = form("MMM d HH:mm:ss uuuu");

	private final Clock clock;

	private volatile Second last = new Second(Long.MIN_VALUE, "");

	public HttpDate(Clock clock) {
		this.clock = clock;
	}

	/** Returns the current date in the preferred format of HTTP. */
	public String now() {
		long second = Math.floorDiv(this.clock.millis(), 1000);
		Second current = this.last;
		if (current.number != second) {
			current = new Second(second, FORMAT.format(Instant.ofEpochSecond(second)));
			this.last = current;
		}
		return current.text;
	}

	/**
	 * Returns the delay that a {@code Retry-After} header asks for.
	 * @param value a number of seconds or a date
	 * @param now the current time
	 * @return the delay in milliseconds; 0 for a date in the past, and for an invalid
	 * value
	 */
	public static long millisUntil(String value, Instant now) {
		String text = value.strip();
		if (SECONDS.matcher(text).matches()) {
			return (text.length() > 9) ? LONGEST : Math.min(LONGEST, Long.parseLong(text) * 1000);
		}
		Instant date = parse(text, now);
		return (date != null) ? Math.max(0, Math.min(LONGEST, Duration.between(now, date).toMillis())) : 0;
	}

	/**
	 * Parses a date: {@code Sun, 06 Nov 1994 08:49:37 GMT}, or the obsolete formats
	 * {@code Sunday, 06-Nov-94 08:49:37 GMT} and {@code Sun Nov 6 08:49:37 1994}.
	 * @param text the date
	 * @param now the current time; a two-digit year means a year that is at most 50 years
	 * later
	 * @return the date, or null if the text is not a date
	 */
	static @Nullable Instant parse(String text, Instant now) {
		String date = DAY.matcher(text).replaceFirst("").replaceAll(" +", " ");
		try {
			return LocalDateTime.parse(date, formOf(date, now)).toInstant(ZoneOffset.UTC);
		}
		catch (DateTimeParseException ex) {
			return null;
		}
	}

	/** Returns the format that the date must have if it is valid. */
	private static DateTimeFormatter formOf(String date, Instant now) {
		if (date.indexOf('-') >= 0) {
			int latest = now.atOffset(ZoneOffset.UTC).getYear() + 50;
			return new DateTimeFormatterBuilder().parseCaseInsensitive()
				.appendPattern("d-MMM-")
				.appendValueReduced(ChronoField.YEAR, 2, 2, latest - 99)
				.appendPattern(" HH:mm:ss 'GMT'")
				.toFormatter(Locale.ENGLISH);
		}
		return (!date.isEmpty() && Character.isDigit(date.charAt(0))) ? FULL : OF_C;
	}

	private static DateTimeFormatter form(String pattern) {
		return new DateTimeFormatterBuilder().parseCaseInsensitive().appendPattern(pattern).toFormatter(Locale.ENGLISH);
	}

	private record Second(long number, String text) {
	}

}
