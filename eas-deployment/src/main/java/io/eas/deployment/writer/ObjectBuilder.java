package io.eas.deployment.writer;

import io.eas.deployment.model.OtherKeys;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Builds a JSON object key by key and omits values that are {@code null}.
 */
final class ObjectBuilder {

	private final ObjectNode node = JsonNodeFactory.instance.objectNode();

	ObjectBuilder put(String key, @Nullable String value) {
		return put(key, (value != null) ? JsonNodeFactory.instance.stringNode(value) : null);
	}

	ObjectBuilder put(String key, @Nullable Integer value) {
		return put(key, (value != null) ? JsonNodeFactory.instance.numberNode(value.intValue()) : null);
	}

	ObjectBuilder put(String key, @Nullable Boolean value) {
		return put(key, (value != null) ? JsonNodeFactory.instance.booleanNode(value) : null);
	}

	ObjectBuilder put(String key, @Nullable JsonNode value) {
		if (value != null) {
			this.node.set(key, value);
		}
		return this;
	}

	/**
	 * Completes the object with the keys that aren't part of the model.
	 * @param other the other keys; a key that is already present is not replaced
	 * @return the object
	 */
	ObjectNode others(OtherKeys other) {
		other.values().forEach(this.node::putIfAbsent);
		return this.node;
	}

}
