package io.eas.deployment.reader;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.eas.deployment.finding.FindingCode;
import io.eas.deployment.model.OtherKeys;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the keys of one JSON object. Keys that were read by a method of this class are
 * known; all other keys end up in {@link OtherKeys}. A value of the wrong type is
 * reported and treated as missing. Not thread-safe.
 */
final class ObjectKeys {

	private final LocatedValue.Members object;

	private final FindingCollector findings;

	private final Set<String> known = new LinkedHashSet<>();

	ObjectKeys(LocatedValue.Members object, FindingCollector findings) {
		this.object = object;
		this.findings = findings;
	}

	/**
	 * Returns the object itself.
	 * @return the object
	 */
	LocatedValue.Members object() {
		return this.object;
	}

	/**
	 * Returns the value of a key, whatever its type.
	 * @param key the key
	 * @return the last value of the key; {@code null} if there is none, or if it is
	 * JSON's {@code null}, which is reported
	 */
	@Nullable LocatedValue value(String key) {
		this.known.add(key);
		LocatedValue found = null;
		for (LocatedValue.Member member : this.object.members()) {
			found = member.key().equals(key) ? member.value() : found;
		}
		if (found == null || !found.isNull()) {
			return found;
		}
		this.findings.add(FindingCode.NULL_VALUE, found, "is null, which counts as left out",
				"Write a value, or remove the key.");
		return null;
	}

	/**
	 * Returns whether a key has no value.
	 * @param key the key
	 * @return {@code true} also if the value is JSON's {@code null}
	 */
	boolean lacks(String key) {
		return this.object.members()
			.stream()
			.noneMatch((member) -> member.key().equals(key) && !member.value().isNull());
	}

	@Nullable String text(String key) {
		LocatedValue value = value(key);
		if (value == null) {
			return null;
		}
		if (value instanceof LocatedValue.Scalar scalar && scalar.value().isString()) {
			return scalar.written();
		}
		this.findings.wrongType(value, "a text",
				(value instanceof LocatedValue.Scalar) ? "Put it in quotes." : "Write one text in quotes.");
		return null;
	}

	@Nullable Boolean truth(String key) {
		LocatedValue value = value(key);
		if (value == null) {
			return null;
		}
		if (value instanceof LocatedValue.Scalar scalar && scalar.value().isBoolean()) {
			return scalar.value().booleanValue();
		}
		this.findings.wrongType(value, "true or false", "Write true or false, without quotes.");
		return null;
	}

	@Nullable Integer number(String key) {
		LocatedValue value = value(key);
		if (value == null) {
			return null;
		}
		if (value instanceof LocatedValue.Scalar scalar && scalar.value().isNumber()) {
			return whole(scalar);
		}
		this.findings.wrongType(value, "a whole number", "Write digits only, without quotes.");
		return null;
	}

	// strict, because EAS is written in Go, which accepts neither 8000.0 nor 8e3 as an
	// integer
	private @Nullable Integer whole(LocatedValue.Scalar number) {
		if (number.value().isInt()) {
			return number.value().intValue();
		}
		String allowed = number.value().isIntegralNumber() ? "must be between -2147483648 and 2147483647"
				: "must be a whole number";
		this.findings.add(FindingCode.OUT_OF_RANGE, number, allowed + ", was " + number.shown(),
				"Write a whole number, in digits only.");
		return null;
	}

	/**
	 * Returns the keys of an object.
	 * @param key the key of the object
	 * @return the keys; {@code null} if the value is missing or isn't an object
	 */
	@Nullable ObjectKeys keys(String key) {
		LocatedValue value = value(key);
		if (value == null) {
			return null;
		}
		if (value instanceof LocatedValue.Members members) {
			return new ObjectKeys(members, this.findings);
		}
		this.findings.wrongType(value, "an object", "Write { … }.");
		return null;
	}

	/**
	 * Returns the elements of an array.
	 * @param key the key of the array
	 * @return the elements; empty if the value is missing or isn't an array
	 */
	List<LocatedValue> elements(String key) {
		LocatedValue value = value(key);
		if (value == null) {
			return List.of();
		}
		if (value instanceof LocatedValue.Array array) {
			return array.elements();
		}
		this.findings.wrongType(value, "an array", "Put it into [ and ].");
		return List.of();
	}

	/**
	 * Returns a number or a text.
	 * @param key the key
	 * @return the value as written; {@code null} if it is missing or is neither
	 */
	@Nullable JsonNode numberOrText(String key) {
		LocatedValue value = value(key);
		if (value == null) {
			return null;
		}
		JsonNode node = value.toJson();
		if (node.isNumber() || node.isString()) {
			return node;
		}
		this.findings.wrongType(value, "a number or a text such as \"25%\"", "Write one of the two.");
		return null;
	}

	/**
	 * Returns the keys that have not been read. Must be called last.
	 * @return the other keys
	 */
	OtherKeys others() {
		Map<String, JsonNode> others = new LinkedHashMap<>();
		for (LocatedValue.Member member : this.object.members()) {
			if (!this.known.contains(member.key())) {
				others.put(member.key(), member.value().toJson());
			}
		}
		return new OtherKeys(others);
	}

}
