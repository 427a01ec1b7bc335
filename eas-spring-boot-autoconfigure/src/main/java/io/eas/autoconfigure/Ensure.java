package io.eas.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * The checks of property values. Names are relative to the record that is being bound.
 */
final class Ensure {

	private static final String SET_IN_RANGE = "Set a value in that range, or remove the property to get the default.";

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

	private static InvalidEasPropertyException outside(String name, String value, String min, String max) {
		return new InvalidEasPropertyException(name, value, "be between " + min + " and " + max, SET_IN_RANGE);
	}

	static String text(double value) {
		return (value == Math.rint(value)) ? Long.toString((long) value) : Double.toString(value);
	}

	/** A duration as one writes it in a configuration. */
	static String text(Duration value) {
		long millis = value.toMillis();
		if (millis != 0 && millis % 60_000 == 0) {
			return millis / 60_000 + "m";
		}
		return (millis % 1000 == 0) ? millis / 1000 + "s" : millis + "ms";
	}

	private static String text(DataSize value) {
		long bytes = value.toBytes();
		if (bytes != 0 && bytes % (1 << 20) == 0) {
			return (bytes >> 20) + "MB";
		}
		return (bytes != 0 && bytes % (1 << 10) == 0) ? (bytes >> 10) + "KB" : bytes + "B";
	}

}
