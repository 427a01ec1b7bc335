package io.eas.emulator.cli;

import java.io.BufferedReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.eas.emulator.ProbedModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code containers[0].script}, which a shell runs as {@code sh -c} does.
 */
@Timeout(180)
class RunScriptTests {

	@TempDir
	private Path directory;

	@Test
	void scriptOfSeveralLinesStartsTheServer() throws Exception {
		Process program = run("""
				mkdir -p data && cd data
				export GREETING="hello  world"; VALUE=4
				cat > lines <<'END'
				a $PORT b
				END
				echo "said $GREETING, $((VALUE + 1)), $(cat lines), in $(basename $PWD)"
				exec %s
				""".formatted(ProbedModel.command()));
		try (BufferedReader reader = program.inputReader()) {
			readUntil(reader, "-> ready: health_check: GET /readyz answered 200");
		}
		finally {
			Program.end(program);
		}
		assertThat(output()).contains("script-0 | said hello  world, 5, a $PORT b, in data");
	}

	@Test
	void scriptItselfGetsSigtermAndNotItsDescendants() throws Exception {
		Process program = run("""
				trap 'echo the script has got it; exit 3' TERM
				%s &
				wait
				""".formatted(ProbedModel.command()));
		try (BufferedReader reader = program.inputReader()) {
			readUntil(reader, "-> ready: health_check: GET /readyz answered 200");
			Program.end(program);
		}
		finally {
			program.destroyForcibly();
		}
		// by the model
		assertThat(output()).contains("script-0 | the script has got it").doesNotContain("script-0 | draining");
	}

	@Test
	void scriptEndsWithTheExitCodeOfItsLastCommand() throws Exception {
		Process program = run("true\n(exit 7)\n");
		try (BufferedReader reader = program.inputReader()) {
			assertThat(readUntil(reader, "exit code")).contains("exit code 7");
		}
		finally {
			Program.end(program);
		}
	}

	@Test
	void failedScriptIsNotShown() throws Exception {
		StringWriter err = new StringWriter();
		String script = "set -e\nexport HF_TOKEN=hf_s3cret\nno-such-program --token hf_s3cret";
		assertThat(Program.inProcess(err)
			.execute("run", descriptor(Map.of("script", script)), "--port", "0", "--admin-port", "0")).isEqualTo(1);
		assertThat(err.toString()).contains("script-0: \"sh -c set ...\" cannot be started; ")
			.doesNotContain("hf_s3cret");
	}

	@Test
	void commandOptionReplacesTheScript() throws Exception {
		Process program = run("exit 7", "--command", ProbedModel.command());
		try (BufferedReader reader = program.inputReader()) {
			readUntil(reader, "-> ready: health_check: GET /readyz answered 200");
		}
		finally {
			Program.end(program);
		}
	}

	@Test
	void scriptBesideACommandIsRefused() throws Exception {
		assertThat(refusal(Map.of("script", "python app.py", "command", "python app.py")))
			.contains("containers[0] has both command and script, and nothing says which of them EAS runs. Remove one");
	}

	@Test
	void missingScriptAndCommandIsReported() throws Exception {
		assertThat(refusal(Map.of("script", " "))).contains("containers[0].command is missing, and so is script: ")
			.contains("Write one of them");
	}

	private String refusal(Map<String, Object> keys) throws Exception {
		StringWriter err = new StringWriter();
		assertThat(Program.inProcess(err).execute("run", descriptor(keys))).isEqualTo(1);
		return err.toString();
	}

	private Process run(String script, String... options) throws Exception {
		return Program.start(Program.with(Program.with(List.of("run", "--port", "0", "--admin-port", "0"),
				descriptor(Map.of("script", script)), "--log", this.directory.resolve("log").toString()), options));
	}

	private String descriptor(Map<String, Object> keys) throws Exception {
		Map<String, Object> container = new HashMap<>(keys);
		container.put("image", "registry-vpc.cn-hangzhou.aliyuncs.com/tests/model:1");
		container.put("port", 8000);
		container.put("health_check", Map.of("period_seconds", 1, "http_get", Map.of("path", "/readyz", "port", 8000)));
		Map<String, Object> service = Map.of("metadata", Map.of("name", "script", "instance", 1), "containers",
				List.of(container));
		return Files
			.writeString(this.directory.resolve("service.json"), JsonMapper.shared().writeValueAsString(service))
			.toString();
	}

	private List<String> output() throws Exception {
		return Files.readAllLines(this.directory.resolve("log"));
	}

	private static String readUntil(BufferedReader reader, String part) throws Exception {
		StringBuilder read = new StringBuilder();
		for (String line = reader.readLine(); line != null; line = reader.readLine()) {
			read.append(line).append('\n');
			if (line.contains(part)) {
				return line;
			}
		}
		throw new AssertionError("ended after: " + read);
	}

}
