package io.eas.deployment.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import tools.jackson.databind.JsonNode;

/**
 * The keys of a JSON object that this library doesn't model, kept to be written back
 * unchanged. Immutable as long as nobody changes its JSON nodes.
 *
 * @param values the values by key, in the order of the file
 */
public record OtherKeys(Map<String, JsonNode> values) {

	/**
	 * An object without any keys.
	 */
	public static final OtherKeys NONE = new OtherKeys(Map.of());

	/**
	 * Copies the values.
	 */
	public OtherKeys {
		values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
	}

	@Override
	public String toString() {
		return this.values.keySet().toString(); // a value may be a secret
	}

}
