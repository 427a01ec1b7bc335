package io.eas.deployment.cli;

import java.util.Locale;

/**
 * The output formats of {@code validate}.
 */
enum ReportFormat {

	/** One line per finding. */
	TEXT,

	/** An array with an object for each file. */
	JSON;

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
