package io.eas.deployment.reader;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.eas.deployment.finding.Quoted;

/**
 * Says why a text is no JSON. The parser's own messages repeat words of the text, and any
 * may be a secret; they also speak of the parser's settings.
 */
final class NotJson {

	private static final Pattern CHARACTER = Pattern.compile("Unexpected character \\('(.)'.*", Pattern.DOTALL);

	private static final Map<String, String> REASONS = Map.of("Unexpected end-of-input",
			"it ends too early: a brace, a bracket or a quote isn't closed", "Unrecognized token",
			"a word without quotes", "Non-standard token", "a word without quotes", "Invalid numeric value",
			"a number in another form than JSON's", "Illegal unquoted character",
			"a line break or control character within a text", "Unrecognized character escape",
			"a backslash before a character that needs none", "Document nesting depth", "too many levels",
			"Malformed numeric value", "a number too large to compute with", "Number value length",
			"a number too large to compute with");

	private NotJson() {
	}

	/**
	 * The reason.
	 * @param original what the parser said
	 * @return for people
	 */
	static String reason(String original) {
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

}
