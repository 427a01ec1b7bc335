package io.eas.deployment.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import io.eas.deployment.finding.FindingCode;
import io.eas.deployment.finding.Spelling;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Converts a finding code in its printed form, such as {@code no-readiness}.
 */
final class FindingCodeConverter implements ITypeConverter<FindingCode> {

	@Override
	public FindingCode convert(String id) {
		Map<String, FindingCode> codes = new LinkedHashMap<>();
		Arrays.stream(FindingCode.values()).forEach((code) -> codes.put(code.id(), code));
		FindingCode found = codes.get(id);
		if (found != null) {
			return found;
		}
		String nearest = Spelling.closest(id.toLowerCase(Locale.ROOT).replace('_', '-'), codes.keySet())
			.map((each) -> ". Did you mean " + each + "?")
			.orElse(".");
		throw new TypeConversionException(
				"there is no code " + id + nearest + " The codes are " + String.join(", ", codes.keySet()));
	}

}
