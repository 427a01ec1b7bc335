package io.eas.deployment.reader;

import java.util.Objects;

import io.eas.deployment.finding.FindingCode;
import io.eas.deployment.model.Container;
import io.eas.deployment.model.OtherKeys;
import org.jspecify.annotations.Nullable;

/**
 * Reads an entry of {@code env}. Its messages show no values, because any value may be a
 * secret.
 */
final class EnvReader {

	private static final String FORM = "Write {\"name\": \"NAME\", \"value\": \"its value\"}.";

	private EnvReader() {
	}

	/**
	 * Reads an entry.
	 * @param entry the entry
	 * @param findings receives the findings
	 * @return the variable, with empty texts in place of invalid values
	 */
	static Container.EnvironmentVariable read(LocatedValue entry, FindingCollector findings) {
		if (!(entry instanceof LocatedValue.Members object)) {
			findings.add(FindingCode.ENV_ENTRY, entry, "must be an object, was " + entry.kind(), FORM);
			return new Container.EnvironmentVariable("", "", OtherKeys.NONE);
		}
		ObjectKeys keys = new ObjectKeys(object, findings);
		String name = text(keys, "name", findings);
		String value = text(keys, "value", findings);
		if (name != null) {
			checkName(name, keys, findings);
		}
		return new Container.EnvironmentVariable(Objects.requireNonNullElse(name, ""),
				Objects.requireNonNullElse(value, ""), keys.others());
	}

	private static @Nullable String text(ObjectKeys keys, String key, FindingCollector findings) {
		LocatedValue value = keys.value(key);
		if (value instanceof LocatedValue.Scalar scalar && scalar.value().isString()) {
			return scalar.written();
		}
		if (value != null) {
			findings.add(FindingCode.ENV_ENTRY, value, "must be a text, was " + value.kind(), "Put it in quotes.");
		}
		else {
			findings.add(FindingCode.ENV_ENTRY, keys.object(), "has no " + key, FORM);
		}
		return null;
	}

	private static void checkName(String name, ObjectKeys keys, FindingCollector findings) {
		if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
			findings.add(FindingCode.ENV_ENTRY, keys.object(),
					"has a name that no variable can have: it is empty, or there is a = in it", FORM);
		}
	}

}
