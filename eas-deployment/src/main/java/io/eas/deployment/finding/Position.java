package io.eas.deployment.finding;

/**
 * A position in a file.
 *
 * @param line counted from 1
 * @param column counted from 1
 */
public record Position(int line, int column) {

	@Override
	public String toString() {
		return this.line + ":" + this.column;
	}

}
