package io.eas.deployment.reader;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import io.eas.deployment.finding.FindingCode;
import io.eas.deployment.reader.KnownKeys.KnownKey;

/**
 * Compares the content of a file with the known keys: finds misspelt and misplaced keys,
 * values of the wrong type, and placeholders. A key that isn't similar to any known one
 * is ignored, because the vendor has more keys than it documents.
 */
final class KeyCheck {

	/**
	 * Paths of values with asterisks that aren't reported here: other rules report them,
	 * or they may be file patterns.
	 */
	private static final Pattern PATTERN = Pattern
		.compile("containers\\[]\\.(image|command|script|args|[a-z]+_check\\.exec\\.command)(\\[])?");

	/**
	 * The length from which an unknown key is compared with the keys of other objects.
	 * Shorter keys are often similar to another key by chance.
	 */
	private static final int LEAST_LETTERS = 6;

	private static final Pattern INDEX = Pattern.compile("\\[\\d+]");

	private final FindingCollector findings;

	private KeyCheck(FindingCollector findings) {
		this.findings = findings;
	}

	/**
	 * Checks a file.
	 * @param root the root object
	 * @param findings receives the findings
	 */
	static void check(LocatedValue root, FindingCollector findings) {
		new KeyCheck(findings).walk(root);
	}

	private void walk(LocatedValue value) {
		if (value instanceof LocatedValue.Array array) {
			array.elements().forEach(this::walk);
		}
		else if (value instanceof LocatedValue.Members object) {
			String place = place(object);
			Set<String> known = KnownKeys.of(place);
			object.members().forEach((member) -> member(member, place, known));
		}
		else if (FindingCollector.isPlaceholder(value) && !mayBePattern((LocatedValue.Scalar) value)) {
			this.findings.add(FindingCode.PLACEHOLDER, value, "is a placeholder, with asterisks in place of the value",
					"Write the value.");
		}
	}

	private void member(LocatedValue.Member member, String place, Set<String> known) {
		KnownKey key = KnownKeys.find(join(place, member.key()));
		if (key != null) {
			value(key, member.value());
		}
		else if (!known.isEmpty()) {
			unknown(member, place, known);
		}
		walk(member.value());
	}

	private void unknown(LocatedValue.Member member, String place, Set<String> known) {
		String key = member.key();
		if (KeySuggestion.sameAs(key, known).isEmpty() && !KnownKeys.homes(key, place).isEmpty()) {
			misplaced(member, "isn't known here", key, place);
			return;
		}
		Optional<String> meant = meant(key, place, known);
		if (meant.isPresent()) {
			this.findings.add(FindingCode.UNKNOWN_KEY, member.value().path(), member.position(),
					"isn't a known key in this place, and looks like a misspelling",
					"Did you mean " + meant.get() + "?");
		}
		else if (key.length() >= LEAST_LETTERS) {
			KeySuggestion.suggestion(key, KnownKeys.names())
				.filter((name) -> !KnownKeys.homes(name, place).isEmpty())
				.ifPresent((name) -> misplaced(member, "looks like " + name + ", which isn't known here", name, place));
		}
	}

	private void misplaced(LocatedValue.Member member, String what, String name, String place) {
		String homes = String.join(" or ", KnownKeys.homes(name, place).stream().map(KeyCheck::shown).toList());
		this.findings.add(FindingCode.MISPLACED_KEY, member.value().path(), member.position(),
				what + ", only in " + homes,
				name.equals(member.key()) ? "Move it there." : "Write " + name + " there.");
	}

	private static Optional<String> meant(String key, String place, Set<String> known) {
		Optional<String> meant = KeySuggestion.suggestion(key, known);
		int dot = key.indexOf('.');
		if (meant.isPresent() || dot < 0) {
			return meant;
		}
		String prefix = key.substring(0, dot + 1); // such as "rpc." of metadata
		return KeySuggestion.suggestion(key.substring(dot + 1), KnownKeys.of(join(place, key.substring(0, dot))))
			.map(prefix::concat);
	}

	private void value(KnownKey key, LocatedValue value) {
		if (value.isNull()) {
			return;
		}
		String unit = key.unit().isEmpty() ? "" : " of " + key.unit();
		if (!key.type().accepts(value)) {
			wrongType(key, value, unit);
		}
		else if (value instanceof LocatedValue.Array array && !KnownKeys.of(key.path() + "[]").isEmpty()
				&& key.type() == ValueType.ARRAY) {
			array.elements()
				.stream()
				.filter((element) -> !(element instanceof LocatedValue.Members))
				.forEach((element) -> wrongKind(element, "an object", "Write { … }."));
		}
		else if (value instanceof LocatedValue.Scalar scalar && scalar.value().isNumber()
				&& !key.type().contains(scalar.value().decimalValue(), key.least(), key.most())) {
			this.findings.add(FindingCode.OUT_OF_RANGE, value,
					"must be " + key.type().words() + unit + " " + range(key) + ", was " + value.shown(),
					"Write one in that range.");
		}
	}

	/**
	 * Returns whether a value may be a file pattern. A single asterisk counts as a file
	 * pattern if the key allows any value.
	 */
	private static boolean mayBePattern(LocatedValue.Scalar value) {
		String place = place(value);
		KnownKey key = KnownKeys.find(place);
		boolean anything = key == null || key.type() == ValueType.ANY || place.endsWith("env[].value");
		return PATTERN.matcher(place).matches() || (anything && value.written().equals("*"));
	}

	private void wrongType(KnownKey key, LocatedValue value, String unit) {
		if (key.type().isNumber()) {
			this.findings.wrongType(value, key.type().words() + unit,
					key.type().remedy() + (unit.isEmpty() ? "." : " and without a unit."));
		}
		else {
			wrongKind(value, key.type().words(), key.type().remedy());
		}
	}

	/**
	 * Adds a finding about a value of the wrong type, without the value, which may be a
	 * secret.
	 */
	private void wrongKind(LocatedValue value, String wanted, String remedy) {
		if (!FindingCollector.isPlaceholder(value)) {
			this.findings.add(FindingCode.WRONG_TYPE, value, "must be " + wanted + ", was " + value.kind(), remedy);
		}
	}

	private static String range(KnownKey key) {
		return (key.most() == Long.MAX_VALUE) ? "from " + key.least() + " on"
				: "from " + key.least() + " to " + key.most();
	}

	private static String shown(String place) {
		return place.isEmpty() ? "the outermost object" : place;
	}

	private static String place(LocatedValue value) {
		return INDEX.matcher(value.path()).replaceAll("[]");
	}

	private static String join(String place, String key) {
		return place.isEmpty() ? key : place + '.' + key;
	}

}
