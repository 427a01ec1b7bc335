package io.eas.deployment.finding;

import java.util.Comparator;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * A problem in a {@code service.json}.
 *
 * @param code the code of the rule that found it
 * @param path the path in the JSON, such as {@code containers[0].liveness_check}; empty
 * if the finding is about the whole file
 * @param position the position in the file; {@code null} if the service wasn't read from
 * a file
 * @param message the problem with the value and the allowed values, without a full stop
 * @param remedy what to write instead, in one or more sentences
 */
public record Finding(FindingCode code, String path, @Nullable Position position, String message, String remedy) {

	/**
	 * Orders findings by position in the file; those without a position come last.
	 */
	public static final Comparator<Finding> BY_POSITION = Comparator
		.comparing(Finding::position,
				Comparator.nullsLast(Comparator.comparingInt(Position::line).thenComparingInt(Position::column)))
		.thenComparing(Finding::code)
		.thenComparing(Finding::path);

	/**
	 * Returns the severity of the finding.
	 * @return the severity of the code
	 */
	public Severity severity() {
		return this.code.severity();
	}

	/**
	 * Returns the finding as a line, in a form that editors and terminals turn into a
	 * link.
	 * @param file the file's name
	 * @return a line such as {@code service.json:26:38: error success-threshold
	 * containers[0].liveness_check.success_threshold: must be 1, was 2. Write 1.}
	 */
	public String describe(String file) {
		return file + ((this.position != null) ? ":" + this.position : "") + ": " + judgement();
	}

	/**
	 * Returns the finding as a line without a file name.
	 * @return the line that {@link #describe(String)} returns, without the file name
	 */
	@Override
	public String toString() {
		return ((this.position != null) ? this.position + ": " : "") + judgement();
	}

	private String judgement() {
		String place = this.path.isEmpty() ? "" : " " + this.path;
		return severity().name().toLowerCase(Locale.ROOT) + " " + this.code + place + ": " + this.message + ". "
				+ this.remedy;
	}

}
