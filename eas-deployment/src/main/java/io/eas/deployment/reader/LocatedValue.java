package io.eas.deployment.reader;

import java.util.List;

import io.eas.deployment.finding.Position;
import io.eas.deployment.finding.Quoted;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON value with its position in the file. Immutable as long as nobody changes its
 * JSON nodes.
 */
sealed interface LocatedValue {

	/**
	 * Returns the path in the JSON.
	 * @return a path such as {@code containers[0].port}; empty for the root
	 */
	String path();

	/**
	 * Returns the position in the file.
	 * @return the position of the value's first character
	 */
	Position position();

	/**
	 * Describes the kind of the value for people, without the content, which may be a
	 * secret.
	 * @return a text such as "a text"
	 */
	String kind();

	/**
	 * Describes the value for people.
	 * @return the value as written, shortened; for objects and arrays only the kind
	 */
	default String shown() {
		return kind();
	}

	/**
	 * Returns the value without positions.
	 * @return the value as a node; a new node for an object or an array, because such
	 * nodes are mutable
	 */
	JsonNode toJson();

	/**
	 * Returns whether the value is {@code null}, which counts as missing.
	 * @return {@code true} only for the JSON value {@code null}
	 */
	default boolean isNull() {
		return false;
	}

	/**
	 * A text, a number, {@code true}, {@code false} or {@code null}.
	 *
	 * @param path the path in the JSON
	 * @param position the position in the file
	 * @param value the value
	 * @param written the value as written in the file, texts without quotes and escapes
	 */
	record Scalar(String path, Position position, JsonNode value, String written) implements LocatedValue {

		@Override
		public String kind() {
			return this.value.isString() ? "a text" : this.value.isNumber() ? "a number" : this.written;
		}

		@Override
		public String shown() {
			return this.value.isString() ? "the text " + Quoted.text(this.written) : Quoted.shortened(this.written);
		}

		@Override
		public JsonNode toJson() {
			return this.value;
		}

		@Override
		public boolean isNull() {
			return this.value.isNull();
		}

	}

	/**
	 * An array.
	 *
	 * @param path the path in the JSON
	 * @param position the position in the file
	 * @param elements the elements in order
	 */
	record Array(String path, Position position, List<LocatedValue> elements) implements LocatedValue {

		@Override
		public String kind() {
			return "an array";
		}

		@Override
		public JsonNode toJson() {
			ArrayNode node = JsonNodeFactory.instance.arrayNode();
			this.elements.forEach((element) -> node.add(element.toJson()));
			return node;
		}

	}

	/**
	 * An object.
	 *
	 * @param path the path in the JSON
	 * @param position the position in the file
	 * @param members the members in order; a key may occur twice
	 */
	record Members(String path, Position position, List<Member> members) implements LocatedValue {

		@Override
		public String kind() {
			return "an object";
		}

		@Override
		public JsonNode toJson() {
			ObjectNode node = JsonNodeFactory.instance.objectNode();
			this.members.forEach((member) -> node.set(member.key(), member.value().toJson()));
			return node;
		}

	}

	/**
	 * A key of an object with its value.
	 *
	 * @param key the key
	 * @param position the position of the key
	 * @param value the value
	 */
	record Member(String key, Position position, LocatedValue value) {
	}

}
