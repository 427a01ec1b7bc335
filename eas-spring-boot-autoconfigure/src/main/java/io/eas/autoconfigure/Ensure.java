package io.eas.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * The checks of property values. Names are relative to the record that is being bound.
 */
final class Ensure {

	private static final String SET_IN_RANGE = "Set a value in that range, or remove the property to get the default.";

	private static final List<Map.Entry<String, Duration>> TIMES = List.of(Map.entry("d", Duration.ofDays(1)),
			Map.entry("h", Duration.ofHours(1)), Map.entry("m", Duration.ofMinutes(1)),
			Map.entry("s", Duration.ofSeconds(1)), Map.entry("ms", Duration.ofMillis(1)));

	private static final Duration LONGEST_IN_MILLIS = Duration.ofMillis(Long.MAX_VALUE);

	private static final List<Map.Entry<String, DataSize>> SIZES = List.of(Map.entry("GB", DataSize.ofGigabytes(1)),
			Map.entry("MB", DataSize.ofMegabytes(1)), Map.entry("KB", DataSize.ofKilobytes(1)));

	private static final String IN_PATH = "A-Za-z0-9._~!$&'()*+,;=:@%/-";

	private static final Pattern PATH = Pattern.compile("/[{}" + IN_PATH + "]*");

	private static final Pattern PATH_PART = Pattern.compile("[" + IN_PATH + "]*");

	private Ensure() {
	}

	static void between(String name, @Nullable Duration value, Duration min, Duration max) {
		if (value != null && (value.compareTo(min) < 0 || value.compareTo(max) > 0)) {
			throw outside(name, text(value), text(min), text(max));
		}
	}

	static void between(String name, DataSize value, DataSize min, DataSize max) {
		if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
			throw outside(name, text(value), text(min), text(max));
		}
	}

	static void between(String name, double value, double min, double max) {
		if (!(value >= min && value <= max)) {
			throw outside(name, text(value), text(min), text(max));
		}
	}

	static void port(String name, @Nullable Integer value) {
		if (value != null) {
			between(name, value, 1, 65535);
		}
	}

	/**
	 * A path that can be put on the wire as it is, or null.
	 */
	static void path(String name, @Nullable String value, String remedy) {
		if (value != null && !PATH.matcher(value).matches()) {
			throw new InvalidEasPropertyException(name, "'" + value + "'",
					"start with a slash and have only characters that need no encoding in a path", remedy);
		}
	}

	/**
	 * A name that can be part of a path as it is, or null.
	 */
	static void pathPart(String name, @Nullable String value, String remedy) {
		if (value != null && !PATH_PART.matcher(value).matches()) {
			throw new InvalidEasPropertyException(name, "'" + value + "'",
					"have only characters that need no encoding in a path", remedy);
		}
	}

	private static InvalidEasPropertyException outside(String name, String value, String min, String max) {
		return new InvalidEasPropertyException(name, value, "be between " + min + " and " + max, SET_IN_RANGE);
	}

	static String text(double value) {
		return (value == Math.rint(value)) ? Long.toString((long) value) : Double.toString(value);
	}

	/** A duration as one writes it in a configuration: in the largest unit that fits. */
	static String text(Duration value) {
		if (value.isZero() || value.toNanosPart() % 1_000_000 != 0 || !isMillis(value)) {
			return value.isZero() ? "0s" : value.toString();
		}
		Map.Entry<String, Duration> unit = TIMES.stream()
			.filter((time) -> value.toMillis() % time.getValue().toMillis() == 0)
			.findFirst()
			.orElseThrow();
		return value.toMillis() / unit.getValue().toMillis() + unit.getKey();
	}

	private static boolean isMillis(Duration value) {
		return value.compareTo(LONGEST_IN_MILLIS) <= 0 && value.compareTo(LONGEST_IN_MILLIS.negated()) >= 0;
	}

	private static String text(DataSize value) {
		for (Map.Entry<String, DataSize> unit : SIZES) {
			if (value.toBytes() % unit.getValue().toBytes() == 0 && value.toBytes() != 0) {
				return value.toBytes() / unit.getValue().toBytes() + unit.getKey();
			}
		}
		return value.toBytes() + "B";
	}

}
