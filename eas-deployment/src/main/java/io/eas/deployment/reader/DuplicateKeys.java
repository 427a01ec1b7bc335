package io.eas.deployment.reader;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

import io.eas.deployment.finding.FindingCode;
import io.eas.deployment.finding.Position;
import io.eas.deployment.model.CheckKind;

/**
 * Finds keys that occur twice in one object. JSON doesn't define which of the values
 * counts; this library, like most, uses the last one.
 */
final class DuplicateKeys {

	private static final Pattern CONTAINER = Pattern.compile("containers\\[\\d+]");

	private DuplicateKeys() {
	}

	/**
	 * Finds all duplicate keys.
	 * @param value the value to search, including all nested values
	 * @param findings receives a finding for each duplicate
	 */
	static void find(LocatedValue value, FindingCollector findings) {
		if (value instanceof LocatedValue.Array array) {
			array.elements().forEach((element) -> find(element, findings));
		}
		else if (value instanceof LocatedValue.Members object) {
			inObject(object, findings);
			object.members().forEach((member) -> find(member.value(), findings));
		}
	}

	private static void inObject(LocatedValue.Members object, FindingCollector findings) {
		Map<String, Position> seen = new HashMap<>();
		for (LocatedValue.Member member : object.members()) {
			Position first = seen.putIfAbsent(member.key(), member.position());
			if (first != null) {
				findings.add(code(object, member.key()), member.value().path(), member.position(),
						"stands twice, first at " + first, "Keep one of the two.");
			}
		}
	}

	private static FindingCode code(LocatedValue.Members object, String key) {
		boolean check = CONTAINER.matcher(object.path()).matches()
				&& Arrays.stream(CheckKind.values()).anyMatch((kind) -> kind.key().equals(key));
		return check ? FindingCode.TWO_OF_A_KIND : FindingCode.DUPLICATE_KEY;
	}

}
