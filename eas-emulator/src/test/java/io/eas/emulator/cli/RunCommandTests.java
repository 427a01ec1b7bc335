package io.eas.emulator.cli;

import java.io.BufferedReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import io.eas.emulator.SeedModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The program with a {@code service.json}: what it prints, and how it ends.
 */
@Timeout(180)
class RunCommandTests {

	private static final String SEED = Path.of("src", "test", "resources", "seed-service.json").toString();

	@TempDir
	private Path directory;

	@Test
	void theVendorsSampleNeverPassesItsOwnProbe() throws Exception {
		Path log = this.directory.resolve("output.log");
		Process process = run(SEED, "--command", SeedModel.command(), "--log", log.toString());
		try (BufferedReader reader = process.inputReader()) {
			List<String> lines = readUntil(reader, (line) -> line.contains("-> killed"));
			assertThat(lines)
				.anyMatch((line) -> line.matches("[0-9:.]{12}  test-0  waiting -> ready: process \\d+ started"));
			assertThat(lines.get(lines.size() - 1))
				.endsWith("test-0  ready -> killed: liveness_check failed 4 times in a row: GET / answered 500");
			List<String> table = readUntil(reader, (line) -> line.startsWith("  test-0"));
			assertThat(table)
				.anyMatch((line) -> line.matches("  instance +address +process +state +restarts +listed +why"));
		}
		finally {
			Program.end(process);
		}
		assertThat(Files.readAllLines(log)).contains("test-0 | serving with VAR_NAME=var_value");
	}

	@Test
	void findingsAboutTheDescriptorAreReportedFirst() {
		StringWriter err = new StringWriter();
		int code = Program.inProcess(err)
			.execute("run", SEED, "--port", "0", "--admin-port", "0", "--command", "no-such-program");
		assertThat(code).isEqualTo(1);
		assertThat(err.toString()).contains("service.json:29:38: error success-threshold "
				+ "containers[0].liveness_check.success_threshold: must be 1 for a liveness_check, was 2.");
		assertThat(err.toString().lines().reduce((first, second) -> second).orElseThrow())
			.startsWith("eas-emulator: test-0: \"sh -c exec no-such-program\" cannot be started; "
					+ "it ended with exit code 127; last output: ")
			.endsWith("not found");
	}

	@Test
	void aSecretOptionOfACommandThatFailsIsNotShown() {
		StringWriter err = new StringWriter();
		assertThat(Program.inProcess(err)
			.execute("run", SEED, "--port", "0", "--admin-port", "0", "--command",
					"no-such-program --api-key s3cret --x"))
			.isEqualTo(1);
		assertThat(err.toString()).contains("\"sh -c exec no-such-program --api-key ... --x\" cannot be started")
			.doesNotContain("s3cret");
	}

	@Test
	void jsonFormatWritesOneObjectPerLine() throws Exception {
		Process process = run(SEED, "--command", SeedModel.command(), "--json", "--instances", "2", "--env",
				"VAR_NAME=other");
		List<JsonNode> lines = new ArrayList<>();
		try (BufferedReader reader = process.inputReader()) {
			readUntil(reader, (line) -> {
				lines.add(JsonMapper.shared().readTree(line));
				return line.split("\"listed\":true", -1).length == 3;
			});
		}
		finally {
			Program.end(process);
		}
		assertThat(lines.get(0).at("/type").asString()).isEqualTo("started");
		assertThat(lines.get(0).at("/endpoint").asString()).startsWith("127.0.0.1:");
		assertThat(lines).filteredOn((line) -> line.at("/to").asString("").equals("ready"))
			.hasSize(2)
			.allSatisfy((line) -> assertThat(line.at("/reason").asString()).matches("process \\d+ started"));
		JsonNode state = lines.get(lines.size() - 1).at("/instances/1");
		assertThat(state.at("/name").asString()).isEqualTo("test-1");
		assertThat(state.at("/listed").asBoolean()).isTrue();
	}

	/** As in {@code run --json | head -1}. */
	@Test
	void endsOnceNobodyReadsItsReport() throws Exception {
		Process process = run(SEED, "--command", SeedModel.command(), "--json");
		try {
			try (BufferedReader reader = process.inputReader()) {
				assertThat(reader.readLine()).startsWith("{\"type\":\"started\"");
			}
			assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
			assertThat(process.exitValue()).isEqualTo(1);
		}
		finally {
			Program.end(process);
		}
	}

	@Test
	@EnabledOnOs(value = OS.LINUX, disabledReason = "other systems have no file that is always full")
	void unwritableLogFileIsReported() throws Exception {
		Process process = Program
			.builder("run", "--port", "0", "--admin-port", "0", SEED, "--command", SeedModel.command(), "--log",
					"/dev/full")
			.redirectError(ProcessBuilder.Redirect.PIPE)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		try (BufferedReader errors = process.errorReader()) {
			List<String> told = readUntil(errors, (line) -> line.contains("--log: the file can't be written to"));
			assertThat(told.get(told.size() - 1)).endsWith("is the disk full?");
		}
		finally {
			Program.end(process);
		}
	}

	@Test
	void fileThatCannotBeRunIsOneLineAndCode1() throws Exception {
		StringWriter err = new StringWriter();
		assertThat(Program.inProcess(err).execute("run", "none.json")).isEqualTo(2);
		assertThat(err.toString()).startsWith("there is no file none.json");
		err = new StringWriter();
		assertThat(Program.inProcess(err).execute("run", file("{\"metadata\": {\"name\": \"x\"}}"))).isEqualTo(1);
		assertThat(err.toString()).contains("containers is empty").doesNotContain("Usage: ");
		err = new StringWriter();
		assertThat(Program.inProcess(err)
			.execute("run", file("{\"metadata\": {\"name\": \"x\", \"instance\": \"two\"}, \"containers\": []}")))
			.isEqualTo(1);
		assertThat(err.toString()).contains(":1:40: error ", "metadata.instance", "\"two\"", "can't be run");
		err = new StringWriter();
		assertThat(Program.inProcess(err).execute("run", file("{"))).isEqualTo(1);
		assertThat(err.toString()).startsWith("eas-emulator: ").contains("service.json");
		err = new StringWriter();
		assertThat(Program.inProcess(err).execute("run", this.directory.toString())).isEqualTo(1);
		assertThat(err.toString()).startsWith("eas-emulator: " + this.directory + " can't be read: ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "--port=99999", "--instances=-1", "--gateway-body-limit=-5", "--instance-ports=8500" })
	void wrongOptionOfAFileThatCanBeRunIsCode2(String option) throws Exception {
		StringWriter err = new StringWriter();
		String file = file("{\"metadata\": {\"name\": \"x\"}, \"containers\": [{\"command\": \"true\"}]}");
		assertThat(Program.inProcess(err).execute("run", option, file)).isEqualTo(2);
		assertThat(err.toString()).contains("Usage: ").doesNotContain(file + ": the ");
	}

	private String file(String json) throws Exception {
		return Files.writeString(this.directory.resolve("service.json"), json).toString();
	}

	private static Process run(String... arguments) throws Exception {
		return Program.start(Program.with(List.of("run", "--port", "0", "--admin-port", "0"), arguments));
	}

	private static List<String> readUntil(BufferedReader reader, Predicate<String> last) throws Exception {
		List<String> lines = new ArrayList<>();
		for (String line = reader.readLine(); line != null; line = reader.readLine()) {
			lines.add(line);
			if (last.test(line)) {
				return lines;
			}
		}
		throw new AssertionError("ended after: " + lines);
	}

}
