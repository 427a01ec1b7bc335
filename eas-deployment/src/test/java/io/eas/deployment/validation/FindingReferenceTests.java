package io.eas.deployment.validation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.eas.deployment.finding.FindingCode;
import io.eas.deployment.finding.Severity;
import io.eas.deployment.reader.DescriptorReader;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the reference says of findings is what the code does.
 */
class FindingReferenceTests {

	private static final Path PAGE = Path.of("..", "docs", "reference", "finding-codes.md");

	/** With {@code -Ddocs.write} the table is written instead of compared. */
	@Test
	void tableHasEveryCode() throws IOException {
		List<String> table = Arrays.stream(FindingCode.values()).map(FindingReferenceTests::row).toList();
		if (System.getProperty("docs.write") != null) {
			write(table);
		}
		assertThat(section().filter(FindingReferenceTests::isRow)).containsExactlyElementsOf(table);
	}

	private static void write(List<String> table) throws IOException {
		List<String> lines = Files.readAllLines(PAGE);
		int first = (int) lines.stream().takeWhile((line) -> !isRow(line)).count();
		lines.removeIf(FindingReferenceTests::isRow);
		lines.addAll(first, table);
		Files.write(PAGE, lines);
	}

	private static boolean isRow(String line) {
		return line.startsWith("| ") && (line.contains("| error |") || line.contains("| warning |"));
	}

	@Test
	void messagesInTheReferenceMatchTheOutput() throws IOException {
		List<String> messages = section().filter((line) -> line.startsWith("service.json:")).toList();
		assertThat(messages).hasSizeGreaterThanOrEqualTo(3);
		List<String> real = Stream
			.concat(Stream.of(ServiceFiles.seed()), FindingCase.all().stream().map(FindingCase::json))
			.flatMap((json) -> DescriptorValidator.validate(DescriptorReader.parse(json)).stream())
			.map((finding) -> finding.describe("service.json"))
			.toList();
		assertThat(real).containsAll(messages);
	}

	@Test
	void meaningsOfSeveritiesMatchTheReference() throws IOException {
		assertThat(section()).containsAll(Arrays.stream(Severity.values())
			.map((severity) -> "- **" + severity.name().toLowerCase(Locale.ROOT) + "**: " + severity.meaning() + ".")
			.toList());
	}

	private static String row(FindingCode code) {
		return "| " + code + " | " + code.severity().name().toLowerCase(Locale.ROOT) + " | " + code.summary() + " |";
	}

	private static Stream<String> section() throws IOException {
		return Files.readAllLines(PAGE).stream();
	}

}
