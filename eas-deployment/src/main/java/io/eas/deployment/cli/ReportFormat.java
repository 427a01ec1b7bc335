package io.eas.deployment.cli;

/**
 * How {@code validate} says what it found. Named as on the command line.
 */
enum ReportFormat {

	/** A line a finding. */
	text,

	/** An array with an object for each file. */
	json

}
