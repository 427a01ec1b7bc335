package io.eas.deployment.validation;

import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;

import io.eas.deployment.finding.Finding;
import io.eas.deployment.reader.DescriptorReader;
import io.eas.deployment.reader.InvalidDescriptorException;
import io.eas.deployment.reader.ParseResult;
import io.eas.deployment.writer.DescriptorWriter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever happens to a file: it is read, or refused with a reason.
 */
class DamagedFileTests {

	private static final List<String> VALUES = List.of("null", "true", "-1", "0", "1.5", "1e999999999", "[]", "{}",
			"\"\"", "\"a b\"", "99999999999", "1E99999999999", "[[[]]]", "{\"a\": {\"a\": 1}}", "\"\\u0000\"",
			"\"\\ud800\"", "[null]");

	@Property(tries = 3000)
	void missingAddedOrReplacedCharactersAreSurvived(@ForAll long seed,
			@ForAll @IntRange(min = 1, max = 6) int changes) {
		Random random = new Random(seed);
		StringBuilder json = new StringBuilder(file(random));
		for (int i = 0; i < changes; i++) {
			int place = random.nextInt(json.length());
			String letters = "{}[]\",:0-. eEntf\\/\n\u0000\uD800é";
			String letter = String.valueOf(letters.charAt(random.nextInt(letters.length())));
			json.replace(place, place + random.nextInt(3), random.nextBoolean() ? letter : "");
		}
		isReadOrRefused(json.toString());
	}

	@Property(tries = 3000)
	void replacedValuesAreSurvived(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int changes) {
		Random random = new Random(seed);
		String json = file(random);
		for (int i = 0; i < changes; i++) {
			List<String> lines = json.lines().toList();
			String line = lines.get(random.nextInt(lines.size()));
			String value = VALUES.get(random.nextInt(VALUES.size()));
			json = json.replace(line,
					line.replaceFirst(": [^{\\[]+?(,?)$", ": " + Matcher.quoteReplacement(value) + "$1"));
		}
		isReadOrRefused(json);
	}

	@Property(tries = 1000)
	void missingOrDuplicateLinesAreSurvived(@ForAll long seed) {
		Random random = new Random(seed);
		StringBuilder json = new StringBuilder();
		file(random).lines()
			.forEach((line) -> json
				.append((line + "\n").repeat(List.of(0, 1, 1, 1, 1, 1, 1, 1, 2).get(random.nextInt(9)))));
		isReadOrRefused(json.toString());
	}

	private static String file(Random random) {
		return random.nextBoolean() ? ServiceFiles.seed() : ServiceFiles.good();
	}

	private static void isReadOrRefused(String json) {
		try {
			ParseResult reading = DescriptorReader.parse(json);
			List<Finding> findings = DescriptorValidator.validate(reading);
			assertThat(findings).containsAll(reading.findings()).allMatch((finding) -> finding.position() != null);
			assertThat(DescriptorWriter.write(reading.descriptor())).endsWith("}\n");
		}
		catch (InvalidDescriptorException ex) {
			assertThat(ex.findings()).isNotEmpty();
			assertThat(ex).hasMessageContaining("service.json:");
		}
	}

}
