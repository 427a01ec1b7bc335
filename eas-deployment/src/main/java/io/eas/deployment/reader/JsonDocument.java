package io.eas.deployment.reader;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.eas.deployment.finding.Finding;
import io.eas.deployment.finding.FindingCode;
import io.eas.deployment.finding.Position;
import io.eas.deployment.finding.Quoted;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/**
 * The JSON object of a file, with the position of each value.
 *
 * @param root the object
 * @param positions the position of every value, by path
 */
record JsonDocument(LocatedValue.Members root, Map<String, Position> positions) {

	private static final JsonFactory JSON = new JsonFactory();

	private static final Pattern CHARACTER = Pattern.compile("Unexpected character \\('(.)'.*", Pattern.DOTALL);

	/** Reasons by the beginning of the parser's message. */
	private static final Map<String, String> REASONS = Map.of("Unexpected end-of-input",
			"it ends too early: a brace, a bracket or a quote isn't closed", "Unrecognized token",
			"a word without quotes", "Non-standard token", "a word without quotes", "Invalid numeric value",
			"a number in another form than JSON's", "Illegal unquoted character",
			"a line break or control character within a text", "Unrecognized character escape",
			"a backslash before a character that needs none", "Document nesting depth", "too many levels",
			"Malformed numeric value", "a number too large to compute with", "Number value length",
			"a number too large to compute with");

	/**
	 * Reads a JSON document.
	 * @param file the file's name, for messages
	 * @param text the file's content
	 * @param findings receives a finding if text follows the object
	 * @return the document
	 * @throws InvalidDescriptorException if the text isn't a JSON object
	 */
	static JsonDocument parse(String file, String text, FindingCollector findings) {
		Map<String, Position> positions = new HashMap<>();
		try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), withoutMark(text))) {
			if (parser.nextToken() == null) {
				throw notJson(file, new Position(1, 1), "the file is empty", "Write an object with metadata in it.");
			}
			LocatedValue root = read(parser, positions);
			if (!(root instanceof LocatedValue.Members object)) {
				throw notJson(file, root.position(), "must be an object, was " + root.kind(),
						"Put everything into { and }.");
			}
			nothingFollows(parser, findings);
			return new JsonDocument(object, positions);
		}
		catch (JacksonException ex) {
			throw notJson(file, position(ex), "is not JSON: " + reason(String.valueOf(ex.getOriginalMessage())),
					"Correct it there, or just before; JSON has no comments and no comma after the last element.");
		}
	}

	private static LocatedValue read(JsonParser parser, Map<String, Position> positions) {
		try {
			return new LocatedValueReader(parser, positions).read("");
		}
		catch (StreamConstraintsException ex) { // this exception has no position
			throw new StreamReadException(parser, ex.getOriginalMessage(), parser.currentLocation());
		}
	}

	private static void nothingFollows(JsonParser parser, FindingCollector findings) {
		Position place = null;
		try {
			if (parser.nextToken() != null) {
				place = LocatedValueReader.position(parser.currentTokenLocation());
			}
		}
		catch (JacksonException ex) {
			place = position(ex);
		}
		if (place != null) {
			findings.add(FindingCode.TRAILING_TEXT, "", place, "there is text after the end of the object",
					"Remove it, or remove a surplus brace before it.");
		}
	}

	// Returns the text without the byte order mark that some editors write.
	private static String withoutMark(String text) {
		return text.startsWith("\uFEFF") ? text.substring(1) : text;
	}

	private static Position position(JacksonException ex) {
		return (ex.getLocation() != null) ? LocatedValueReader.position(ex.getLocation()) : new Position(1, 1);
	}

	/**
	 * Returns why a text isn't JSON. The parser's own messages can't be used: they repeat
	 * words of the text, which may be secrets, and mention settings of the parser.
	 */
	private static String reason(String original) {
		Matcher character = CHARACTER.matcher(original);
		if (character.matches()) {
			return "a " + Quoted.text(character.group(1)) + " that doesn't belong there";
		}
		return REASONS.entrySet()
			.stream()
			.filter((entry) -> original.startsWith(entry.getKey()))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse("it can't be read any further");
	}

	private static InvalidDescriptorException notJson(String file, Position position, String message, String remedy) {
		return new InvalidDescriptorException(file,
				List.of(new Finding(FindingCode.NOT_JSON, "", position, message, remedy)));
	}

}
