package io.eas.deployment;

import java.util.Locale;

/**
 * The rules that a {@code service.json} is read and validated by. Names don't change.
 */
public enum FindingCode {

	/** The file is no JSON. */
	NOT_JSON(Severity.ERROR, "the file is no JSON");

	private final Severity severity;

	private final String summary;

	FindingCode(Severity severity, String summary) {
		this.severity = severity;
		this.summary = summary;
	}

	/**
	 * How bad a finding of this code is.
	 * @return the severity
	 */
	public Severity severity() {
		return this.severity;
	}

	/**
	 * What the rule is about.
	 * @return half a sentence for people
	 */
	public String summary() {
		return this.summary;
	}

	/**
	 * The code as it is printed.
	 * @return such as {@code not-json}
	 */
	public String id() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	@Override
	public String toString() {
		return id();
	}

}
