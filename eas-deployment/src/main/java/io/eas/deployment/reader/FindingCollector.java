package io.eas.deployment.reader;

import java.util.ArrayList;
import java.util.List;

import io.eas.deployment.finding.Finding;
import io.eas.deployment.finding.FindingCode;
import io.eas.deployment.finding.Placeholder;
import io.eas.deployment.finding.Position;
import io.eas.deployment.finding.Quoted;

/**
 * Collects the findings of one parse. Not thread-safe.
 */
final class FindingCollector {

	private final List<Finding> found = new ArrayList<>();

	/**
	 * Adds a finding about a value.
	 * @param code the rule
	 * @param value the value
	 * @param message what is wrong
	 * @param remedy what to write instead, as a sentence
	 */
	void add(FindingCode code, LocatedValue value, String message, String remedy) {
		add(code, value.path(), value.position(), message, remedy);
	}

	/**
	 * Adds a finding about a position.
	 * @param code the rule
	 * @param path the path in the JSON
	 * @param position the position in the file
	 * @param message what is wrong
	 * @param remedy what to write instead, as a sentence
	 */
	void add(FindingCode code, String path, Position position, String message, String remedy) {
		this.found.add(new Finding(code, path, position, message, remedy));
	}

	/**
	 * Adds a finding about a value of the wrong type. A placeholder of asterisks is
	 * skipped, since it gets a finding of its own.
	 * @param value the value
	 * @param wanted the wanted type, such as "a text"
	 * @param remedy what to write instead, as a sentence
	 */
	void wrongType(LocatedValue value, String wanted, String remedy) {
		if (isPlaceholder(value)) {
			return;
		}
		add(FindingCode.WRONG_TYPE, value, "must be " + wanted + ", was " + value.shown(), remedy);
	}

	/**
	 * Returns whether a value is a placeholder of asterisks.
	 * @param value the value
	 * @return {@code true} if the value is a placeholder
	 */
	static boolean isPlaceholder(LocatedValue value) {
		return value instanceof LocatedValue.Scalar scalar && scalar.value().isString()
				&& Placeholder.isIn(scalar.written());
	}

	/**
	 * Adds a finding about a missing key.
	 * @param parent the object
	 * @param key the key
	 * @param remedy what to write, as a sentence
	 */
	void missing(LocatedValue parent, String key, String remedy) {
		add(FindingCode.MISSING_KEY, Quoted.path(parent.path(), key), parent.position(), "is missing", remedy);
	}

	/**
	 * Returns all findings so far.
	 * @return the findings in the order of the file
	 */
	List<Finding> all() {
		return this.found.stream().sorted(Finding.BY_POSITION).toList();
	}

}
