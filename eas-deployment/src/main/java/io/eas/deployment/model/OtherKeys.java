package io.eas.deployment.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import tools.jackson.databind.JsonNode;

/**
 * The keys of a JSON object that this library has no name for, kept to be written back as
 * they were. Immutable as long as nobody changes the nodes.
 *
 * @param values by key, in the order of the file
 */
public record OtherKeys(Map<String, JsonNode> values) {

	/**
	 * No such keys.
	 */
	public static final OtherKeys NONE = new OtherKeys(Map.of());

	/**
	 * Copies.
	 */
	public OtherKeys {
		values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
	}

	@Override
	public String toString() {
		return this.values.keySet().toString(); // a value may be a secret
	}

}
