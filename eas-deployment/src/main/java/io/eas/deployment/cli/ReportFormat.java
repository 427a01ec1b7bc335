package io.eas.deployment.cli;

import java.util.Locale;

/**
 * How {@code validate} says what it found.
 */
enum ReportFormat {

	/** A line a finding. */
	TEXT,

	/** An array with an object for each file. */
	JSON;

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
