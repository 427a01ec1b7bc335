package io.eas.client;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The date in the form of HTTP, made once a second. Thread-safe.
 */
final class HttpDate {

	private static final DateTimeFormatter FORMAT = DateTimeFormatter
		.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
		.withZone(ZoneOffset.UTC);

	private final Clock clock;

	private volatile Second last = new Second(Long.MIN_VALUE, "");

	HttpDate(Clock clock) {
		this.clock = clock;
	}

	String now() {
		long second = Math.floorDiv(this.clock.millis(), 1000);
		Second current = this.last;
		if (current.number != second) {
			current = new Second(second, FORMAT.format(Instant.ofEpochSecond(second)));
			this.last = current;
		}
		return current.text;
	}

	private record Second(long number, String text) {
	}

}
