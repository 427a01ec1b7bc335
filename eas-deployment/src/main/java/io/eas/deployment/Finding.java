package io.eas.deployment;

import org.jspecify.annotations.Nullable;

/**
 * Something about a {@code service.json} that its author should know.
 *
 * @param code which rule found it
 * @param path where in the JSON, such as {@code containers[0].liveness_check}
 * @param position where in the file; {@code null} if it wasn't read from one
 * @param message what is wrong: the value, and what is allowed
 * @param remedy what to write instead
 */
public record Finding(FindingCode code, String path, @Nullable Position position, String message, String remedy) {

	/**
	 * How bad it is.
	 * @return the severity of its code
	 */
	public Severity severity() {
		return this.code.severity();
	}

}
