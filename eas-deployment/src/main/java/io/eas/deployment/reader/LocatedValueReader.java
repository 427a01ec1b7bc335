package io.eas.deployment.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.eas.deployment.finding.Position;
import io.eas.deployment.finding.Quoted;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads one JSON value with all nested values, and records the position of each value.
 * Numbers stay exact.
 */
final class LocatedValueReader {

	private final JsonParser parser;

	private final Map<String, Position> positions;

	/**
	 * Creates a reader.
	 * @param parser the parser, on the first token of the value
	 * @param positions receives the position of every value, by path
	 */
	LocatedValueReader(JsonParser parser, Map<String, Position> positions) {
		this.parser = parser;
		this.positions = positions;
	}

	/**
	 * Reads the value.
	 * @param path the value's path
	 * @return the value; the parser is then on the last token of the value
	 */
	LocatedValue read(String path) {
		Position position = position(this.parser.currentTokenLocation());
		this.positions.put(path, position);
		JsonToken token = this.parser.currentToken();
		if (token == JsonToken.START_OBJECT) {
			return new LocatedValue.Members(path, position, members(path));
		}
		if (token == JsonToken.START_ARRAY) {
			return new LocatedValue.Array(path, position, elements(path));
		}
		return new LocatedValue.Scalar(path, position, scalar(token), this.parser.getString());
	}

	private List<LocatedValue.Member> members(String path) {
		List<LocatedValue.Member> members = new ArrayList<>();
		while (this.parser.nextToken() != JsonToken.END_OBJECT) {
			String key = this.parser.currentName();
			Position position = position(this.parser.currentTokenLocation());
			this.parser.nextToken();
			members.add(new LocatedValue.Member(key, position, read(Quoted.path(path, key))));
		}
		return List.copyOf(members);
	}

	private List<LocatedValue> elements(String path) {
		List<LocatedValue> elements = new ArrayList<>();
		while (this.parser.nextToken() != JsonToken.END_ARRAY) {
			elements.add(read(path + '[' + elements.size() + ']'));
		}
		return List.copyOf(elements);
	}

	private JsonNode scalar(JsonToken token) {
		JsonNodeFactory nodes = JsonNodeFactory.instance;
		return switch (token) {
			case VALUE_STRING -> nodes.stringNode(this.parser.getString());
			case VALUE_NUMBER_INT -> whole(nodes);
			case VALUE_NUMBER_FLOAT -> fraction(nodes);
			case VALUE_TRUE -> nodes.booleanNode(true);
			case VALUE_FALSE -> nodes.booleanNode(false);
			default -> nodes.nullNode();
		};
	}

	private JsonNode fraction(JsonNodeFactory nodes) {
		try {
			return nodes.numberNode(this.parser.getDecimalValue());
		}
		catch (NumberFormatException ex) { // such as 1E99999999999
			throw new StreamReadException(this.parser, "Malformed numeric value", this.parser.currentTokenLocation());
		}
	}

	private JsonNode whole(JsonNodeFactory nodes) {
		return switch (this.parser.getNumberType()) {
			case INT -> nodes.numberNode(this.parser.getIntValue());
			case LONG -> nodes.numberNode(this.parser.getLongValue());
			default -> nodes.numberNode(this.parser.getBigIntegerValue());
		};
	}

	static Position position(TokenStreamLocation location) {
		return new Position(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
	}

}
