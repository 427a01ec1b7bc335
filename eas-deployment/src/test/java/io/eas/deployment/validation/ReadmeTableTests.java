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
 * What the README says of findings is what the code does.
 */
class ReadmeTableTests {

	private static final Path README = Path.of("..", "README.md");

	/** With {@code -Dreadme.write} the table is written instead of compared. */
	@Test
	void tableInTheReadmeHasEveryCode() throws IOException {
		List<String> table = Arrays.stream(FindingCode.values()).map(ReadmeTableTests::row).toList();
		if (System.getProperty("readme.write") != null) {
			write(table);
		}
		assertThat(section().filter(ReadmeTableTests::isRow)).containsExactlyElementsOf(table);
	}

	private static void write(List<String> table) throws IOException {
		List<String> lines = Files.readAllLines(README);
		int first = (int) lines.stream().takeWhile((line) -> !isRow(line)).count();
		lines.removeIf(ReadmeTableTests::isRow);
		lines.addAll(first, table);
		Files.write(README, lines);
	}

	private static boolean isRow(String line) {
		return line.startsWith("| ") && (line.contains("| error |") || line.contains("| warning |"));
	}

	@Test
	void messagesInTheReadmeAreReal() throws IOException {
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
	void eachSeverityInTheReadmeMeansWhatTheCodeSays() throws IOException {
		assertThat(section()).containsAll(Arrays.stream(Severity.values())
			.map((severity) -> "- **" + severity.name().toLowerCase(Locale.ROOT) + "**: " + severity.meaning() + ".")
			.toList());
	}

	private static String row(FindingCode code) {
		return "| " + code + " | " + code.severity().name().toLowerCase(Locale.ROOT) + " | " + code.summary() + " |";
	}

	private static Stream<String> section() throws IOException {
		return Files.readAllLines(README)
			.stream()
			.dropWhile((line) -> !line.equals("## service.json"))
			.skip(1)
			.takeWhile((line) -> !line.startsWith("## "));
	}

}
