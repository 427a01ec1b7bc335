package io.eas.deployment.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import io.eas.deployment.finding.FindingCode;
import io.eas.deployment.finding.Severity;
import io.eas.deployment.generation.TestApplication;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code validate}: what it prints, and how it ends.
 */
class ValidateCommandTests {

	@TempDir
	private Path directory;

	private String good;

	private String seed;

	@BeforeEach
	void files() throws IOException {
		this.good = copy("/good-service.json");
		this.seed = copy("/seed-service.json");
	}

	@Test
	void validFileExitsWith0() {
		Run run = Run.of("validate", "--strict", this.good);
		assertThat(run).isEqualTo(new Run(0, this.good + ": no errors, no warnings\n", ""));
	}

	@Test
	void eachErrorIsALineAndExitsWith1() {
		Run run = Run.of("validate", this.seed);
		assertThat(run.code()).isEqualTo(1);
		List<String> lines = run.out().lines().toList();
		assertThat(lines).last().isEqualTo(this.seed + ": 1 error, 3 warnings");
		assertThat(lines.subList(0, 4)).allSatisfy((line) -> assertThat(line)
			.matches("\\Q" + this.seed + "\\E:\\d+:\\d+: (error|warning) [a-z-]+ containers\\[0]\\S*: .+\\."));
		assertThat(run.out()).contains("error success-threshold containers[0].liveness_check.success_threshold: ");
	}

	@Test
	void warningsCountAsErrorsInStrictMode() throws IOException {
		String warned = write("warned.json", Files.readString(Path.of(this.good)).replace(":1.0", ":latest"));
		assertThat(Run.of("validate", warned).code()).isZero();
		assertThat(Run.of("validate", warned).out()).contains(": warning image-tag ");
		assertThat(Run.of("validate", "--strict", warned).code()).isEqualTo(1);
	}

	@Test
	void anIgnoredCodeIsNeitherReportedNorCounted() {
		Run run = Run.of("validate", "--strict", "--ignore", "success-threshold", "--ignore",
				"no-readiness,image-placeholder", "--ignore", "liveness-before-start", this.seed);
		assertThat(run).isEqualTo(new Run(0, this.seed + ": no errors, no warnings\n", ""));
		Run one = Run.of("validate", "--format", "json", "--ignore", "success-threshold", this.seed);
		assertThat(one.code()).isZero();
		assertThat(one.out()).contains("no-readiness").doesNotContain("success-threshold");
	}

	@ParameterizedTest
	@CsvSource({ "image-tags, Did you mean image-tag?", "IMAGE_TAG, Did you mean image-tag?",
			"sucess-treshold, Did you mean success-threshold?", "everything, 'everything. The codes are not-json, '" })
	void unknownCodeIsRefusedWithTheClosestOne(String code, String says) {
		Run run = Run.of("validate", "--ignore", code, this.good);
		assertThat(run.code()).isEqualTo(2);
		assertThat(run.err()).contains("'--ignore'", "there is no code " + code, says)
			.contains(Arrays.stream(FindingCode.values()).map(FindingCode::id).toList());
	}

	@Test
	void notJsonCannotBeIgnored() throws IOException {
		assertThat(Run.of("validate", "--ignore", "not-json", write("no.json", "{")).code()).isEqualTo(2);
	}

	@Test
	void startTimeOptionDecidesWhetherAStartIsReported() {
		assertThat(Run.of("validate", "--start-time", "10s", this.seed).out()).doesNotContain("liveness-before-start");
		assertThat(Run.of("validate", "--start-time", "2m", this.seed).out()).contains("liveness-before-start");
	}

	@Test
	void fileWithoutJsonExitsWith2() throws IOException {
		Run run = Run.of("validate", write("no.json", "{\"metadata\": "));
		assertThat(run.code()).isEqualTo(2);
		assertThat(run.out()).contains("no.json:1:14: error not-json: ");
	}

	@Test
	void missingFileExitsWith2AndTheOthersAreReported() {
		Run run = Run.of("validate", "none.json", this.seed, this.good);
		assertThat(run.code()).isEqualTo(2);
		assertThat(run.err())
			.isEqualTo("eas-deployment: none.json can't be read: there is no such file or directory\n");
		assertThat(run.out()).contains("success-threshold").endsWith("3 files: 1 error, 3 warnings, 1 not read\n");
	}

	@Test
	void fileWithoutTextExitsWith2() throws IOException {
		Path file = Files.write(this.directory.resolve("bytes.json"), new byte[] { '{', (byte) 0xff, '}' });
		Run run = Run.of("validate", file.toString());
		assertThat(run.code()).isEqualTo(2);
		assertThat(run.err()).isEqualTo("eas-deployment: " + file + " can't be read: it isn't UTF-8\n");
	}

	@Test
	void readsTheStandardInput() throws IOException {
		InputStream before = System.in;
		System.setIn(new ByteArrayInputStream(Files.readAllBytes(Path.of(this.seed))));
		try {
			assertThat(Run.of("validate", "-").out()).contains("standard input:29:38: error success-threshold ")
				.endsWith("standard input: 1 error, 3 warnings\n");
		}
		finally {
			System.setIn(before);
		}
	}

	@Test
	void jsonFormatIsAnArray() {
		Run run = Run.of("validate", "--format", "json", this.seed, "none.json");
		assertThat(run.code()).isEqualTo(2);
		assertThat(run.err()).isEmpty();
		JsonNode reports = JsonMapper.shared().readTree(run.out());
		assertThat(reports).hasSize(2);
		assertThat(reports.get(0).get("file").asString()).isEqualTo(this.seed);
		JsonNode finding = reports.get(0).get("findings").get(3);
		assertThat(finding.propertyNames()).containsExactly("code", "severity", "path", "line", "column", "message",
				"remedy");
		assertThat(finding.get("code").asString()).isEqualTo("success-threshold");
		assertThat(finding.get("severity").asString()).isEqualTo("error");
		assertThat(finding.get("line").asInt()).isEqualTo(29);
		assertThat(finding.get("column").asInt()).isEqualTo(38);
		assertThat(reports.get(1).get("findings")).isEmpty();
		assertThat(reports.get(1).get("problem").asString()).contains("none.json can't be read");
	}

	@ParameterizedTest
	@ValueSource(strings = { "validate", "validate --format xml x", "validate --start-time soon x",
			"validate --start-time 0s x", "validate --start-time 99999999999d x", "validate --start-time 25h x",
			"validate --unknown x", "", "walk" })
	void wrongUsageExitsWith2(String line) {
		Run run = Run.of(line.isEmpty() ? new String[0] : line.split(" "));
		assertThat(run.code()).isEqualTo(2);
		assertThat(run.err()).isNotBlank();
	}

	@Test
	void helpListsCommandsAndOptions() {
		assertThat(Run.of("-h").out()).contains("validate", "explain", "generate");
		Run run = Run.of("validate", "-h");
		assertThat(run.code()).isZero();
		assertThat(run.out()).contains("text, json: lines for people", "Exit codes:", "  2   ", "--ignore",
				"Severities:");
		assertThat(run.out().replaceAll("\\s+", " "))
			.contains(Arrays.stream(Severity.values()).map(Severity::meaning).toList());
	}

	private String write(String name, String content) throws IOException {
		return Files.writeString(this.directory.resolve(name), content).toString();
	}

	private String copy(String resource) throws IOException {
		try (InputStream content = TestApplication.class.getResourceAsStream(resource)) {
			Path file = this.directory.resolve(resource.substring(1));
			Files.copy(content, file);
			return file.toString();
		}
	}

}
