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
	 * Something about a value.
	 * @param code the rule
	 * @param value the value
	 * @param message what is wrong
	 * @param remedy what to write instead, as a sentence
	 */
	void add(FindingCode code, LocatedValue value, String message, String remedy) {
		add(code, value.path(), value.position(), message, remedy);
	}

	/**
	 * Something about a place.
	 * @param code the rule
	 * @param path where in the JSON
	 * @param position where in the file
	 * @param message what is wrong
	 * @param remedy what to write instead, as a sentence
	 */
	void add(FindingCode code, String path, Position position, String message, String remedy) {
		this.found.add(new Finding(code, path, position, message, remedy));
	}

	/**
	 * A value of another type than wanted. A placeholder has none yet: it is reported as
	 * what it is.
	 * @param value the value
	 * @param wanted such as "a text"
	 * @param remedy what to write instead, as a sentence
	 */
	void wrongType(LocatedValue value, String wanted, String remedy) {
		if (isPlaceholder(value)) {
			return;
		}
		add(FindingCode.WRONG_TYPE, value, "must be " + wanted + ", was " + value.shown(), remedy);
	}

	/**
	 * Whether asterisks stand in place of a value.
	 * @param value the value
	 * @return {@code true} for such a text
	 */
	static boolean isPlaceholder(LocatedValue value) {
		return value instanceof LocatedValue.Scalar scalar && scalar.value().isString()
				&& Placeholder.isIn(scalar.written());
	}

	/**
	 * A key that must be there and isn't.
	 * @param parent the object
	 * @param key the key
	 * @param remedy what to write, as a sentence
	 */
	void missing(LocatedValue parent, String key, String remedy) {
		add(FindingCode.MISSING_KEY, Quoted.path(parent.path(), key), parent.position(), "is missing", remedy);
	}

	/**
	 * Everything so far.
	 * @return in the order of the file
	 */
	List<Finding> all() {
		return this.found.stream().sorted(Finding.BY_POSITION).toList();
	}

}
