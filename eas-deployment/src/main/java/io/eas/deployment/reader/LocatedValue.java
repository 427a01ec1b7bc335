package io.eas.deployment.reader;

import java.util.List;

import io.eas.deployment.finding.Position;
import io.eas.deployment.finding.Quoted;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON value that knows where in the file it was written. Immutable as long as nobody
 * changes the nodes.
 */
sealed interface LocatedValue {

	/**
	 * Where in the JSON.
	 * @return such as {@code containers[0].port}; empty for the root
	 */
	String path();

	/**
	 * Where in the file.
	 * @return the place of the value's first character
	 */
	Position position();

	/**
	 * What it is, for people, without its content, which may be a secret.
	 * @return such as "a text"
	 */
	String kind();

	/**
	 * The value for people.
	 * @return as it was written, shortened; objects and arrays only by kind
	 */
	default String shown() {
		return kind();
	}

	/**
	 * The value without places.
	 * @return a new node where it can be changed
	 */
	JsonNode toJson();

	/**
	 * Whether it is {@code null}, which says nothing.
	 * @return {@code true} only for the JSON value {@code null}
	 */
	default boolean isNull() {
		return false;
	}

	/**
	 * A text, number, {@code true}, {@code false} or {@code null}.
	 *
	 * @param path where in the JSON
	 * @param position where in the file
	 * @param value the value
	 * @param written as it stands in the file, texts without quotes and escapes
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
	 * @param path where in the JSON
	 * @param position where in the file
	 * @param elements in order
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
	 * @param path where in the JSON
	 * @param position where in the file
	 * @param members in order; a key may be there twice
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
	 * @param position of the key
	 * @param value its value
	 */
	record Member(String key, Position position, LocatedValue value) {
	}

}
