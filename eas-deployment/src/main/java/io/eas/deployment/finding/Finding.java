package io.eas.deployment.finding;

import java.util.Comparator;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Something about a {@code service.json} that its author should know.
 *
 * @param code which rule found it
 * @param path where in the JSON, such as {@code containers[0].liveness_check}; empty if
 * it is about the whole file
 * @param position where in the file; {@code null} if it wasn't read from one
 * @param message what is wrong: the value, and what is allowed; without a full stop
 * @param remedy what to write instead: one or more sentences
 */
public record Finding(FindingCode code, String path, @Nullable Position position, String message, String remedy) {

	/**
	 * In the order of the file; what has no place comes last.
	 */
	public static final Comparator<Finding> BY_POSITION = Comparator
		.comparing(Finding::position,
				Comparator.nullsLast(Comparator.comparingInt(Position::line).thenComparingInt(Position::column)))
		.thenComparing(Finding::code)
		.thenComparing(Finding::path);

	/**
	 * How bad it is.
	 * @return the severity of its code
	 */
	public Severity severity() {
		return this.code.severity();
	}

	/**
	 * The finding as a line, in the form that editors and terminals make a link of.
	 * @param file the file's name
	 * @return such as
	 * {@code service.json:26:38: error success-threshold containers[0].liveness_check.success_threshold: must be 1, was 2. Write 1.}
	 */
	public String describe(String file) {
		return file + ((this.position != null) ? ":" + this.position : "") + ": " + judgement();
	}

	/**
	 * The finding as a line, without a file's name.
	 * @return as {@link #describe(String)}
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
