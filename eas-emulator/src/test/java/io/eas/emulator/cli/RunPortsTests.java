package io.eas.emulator.cli;

import java.io.BufferedReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.eas.emulator.ProbedModel;
import io.eas.emulator.net.FreePort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Several instances of a service that listens on a second port.
 */
@Timeout(180)
class RunPortsTests {

	private final int port = FreePort.find();

	@TempDir
	private Path directory;

	@Test
	void instancesAreCheckedAtThePortFromTheirVariable() throws Exception {
		Process program = run(ProbedModel.command(), Map.of("MANAGEMENT_SERVER_PORT", String.valueOf(this.port)),
				get());
		try (BufferedReader reader = program.inputReader()) {
			readUntil(reader, "-> ready: ", 2);
			assertThat(List.of(managedAt(0), managedAt(1))).containsOnlyOnce(this.port).doesNotHaveDuplicates();
			Program.post("http://127.0.0.1:" + managedAt(1) + "/manage?503", "");
			assertThat(readUntil(reader, "ready -> not ready", 1)).contains("ports-1  ready -> not ready");
		}
		finally {
			Program.end(program);
		}
	}

	@Test
	void instancesAreCheckedAtThePortFromTheirOption() throws Exception {
		Process program = run(ProbedModel.command() + " --management.server.port=" + this.port, Map.of(), get());
		try (BufferedReader reader = program.inputReader()) {
			readUntil(reader, "-> ready: ", 2);
			Program.post("http://127.0.0.1:" + managedAt(0) + "/manage?503", "");
			assertThat(readUntil(reader, "ready -> not ready", 1)).contains("ports-0  ready -> not ready");
		}
		finally {
			Program.end(program);
		}
	}

	@Test
	void execCheckUsesThePortOfItsInstance() throws Exception {
		Map<String, Object> check = Map.of("period_seconds", 1, "exec",
				Map.of("command", List.of("echo", "http://localhost:" + this.port + "/manage")));
		Process program = run(ProbedModel.command() + " --management.server.port=" + this.port, Map.of(), check);
		try (BufferedReader reader = program.inputReader()) {
			String ready = readUntil(reader, "ports-1  not ready -> ready: ", 1);
			// the program may be quicker than the model
			await().until(() -> output().stream().filter((line) -> line.contains(" | managed at ")).count() == 2);
			assertThat(ready).endsWith("exit code 0: http://localhost:" + managedAt(1) + "/manage");
			assertThat(managedAt(0)).isNotEqualTo(managedAt(1));
		}
		finally {
			Program.end(program);
		}
	}

	@Test
	void fixedPortSharedBySeveralInstancesIsRefused() throws Exception {
		StringWriter err = new StringWriter();
		assertThat(Program.inProcess(err).execute("run", descriptor("java -jar a.jar", hardCoded(), get())))
			.isEqualTo(1);
		assertThat(err.toString())
			.contains("containers[0].health_check.http_get.port is " + this.port
					+ ", which several instances would share")
			.contains("such as MANAGEMENT_SERVER_PORT=" + this.port);
	}

	/** The check of each asks its own process, by a number and by a variable. */
	@ParameterizedTest
	@ValueSource(
			strings = { "localhost:%d/manage", "localhost:$(METRICS_PORT)/manage", "localhost:${METRICS_PORT}/manage" })
	void execCheckUsesThePortFromTheVariableOfItsInstance(String address) throws Exception {
		String ask = "echo " + address.formatted(this.port);
		Map<String, Object> check = Map.of("period_seconds", 1, "exec", Map.of("command", List.of("sh", "-c", ask)));
		Process program = run("env HARD_CODED=$METRICS_PORT " + ProbedModel.command(), metricsPort(), check);
		try (BufferedReader reader = program.inputReader()) {
			String ready = readUntil(reader, "ports-1  not ready -> ready: ", 1);
			await().until(() -> output().stream().filter((line) -> line.contains(" | managed at ")).count() == 2);
			assertThat(ready).endsWith("exit code 0: localhost:" + managedAt(1) + "/manage");
			assertThat(managedAt(0)).isNotEqualTo(managedAt(1));
		}
		finally {
			Program.end(program);
		}
	}

	@Test
	void fixedPortInAnExecCheckOfSeveralInstancesIsRefused() throws Exception {
		StringWriter err = new StringWriter();
		Map<String, Object> check = Map.of("exec", Map.of("command", List.of("curl", "localhost:$(HARD_CODED)/x")));
		assertThat(Program.inProcess(err).execute("run", descriptor("java -jar a.jar", hardCoded(), check)))
			.isEqualTo(1);
		assertThat(err.toString()).contains("containers[0].health_check.exec asks port " + this.port
				+ ", which several instances would share on this machine");
	}

	@Test
	void secondInstanceIsRefusedIfTheCheckedPortCannotBeReplaced() throws Exception {
		Process program = run(ProbedModel.command(), hardCoded(), get(), "--instances", "1");
		try (BufferedReader reader = program.inputReader()) {
			String admin = Program.find("(http://127.0.0.1:\\d+)/services", readUntil(reader, "/services", 1));
			readUntil(reader, "-> ready: ", 1);
			assertThat(List.of("/scale?instances=2", "/rollout", "/instances"))
				.allSatisfy((change) -> assertThat(Program.post(admin + "/services/ports" + change, "")).contains(
						"containers[0].health_check.http_get.port is " + this.port + ", which several instances"));
			assertThat(output()).filteredOn((line) -> line.contains(" | managed at ")).hasSize(1);
			assertThat(output()).noneMatch((line) -> line.startsWith("ports-1"));
		}
		finally {
			Program.end(program);
		}
	}

	@Test
	void singleInstanceMayUseAPortThatCannotBeReplaced() throws Exception {
		Process program = run(ProbedModel.command(), hardCoded(), get(), "--instances", "1");
		try (BufferedReader reader = program.inputReader()) {
			assertThat(readUntil(reader, "-> ready: ", 1)).contains("GET /manage answered 200");
			assertThat(managedAt(0)).isEqualTo(this.port);
		}
		finally {
			Program.end(program);
		}
	}

	private Map<String, Object> get() {
		return Map.of("period_seconds", 1, "http_get", Map.of("path", "/manage", "port", this.port));
	}

	private Map<String, String> metricsPort() {
		return Map.of("METRICS_PORT", String.valueOf(this.port));
	}

	/** The model's own way to its port, which nothing says is one. */
	private Map<String, String> hardCoded() {
		return Map.of("HARD_CODED", String.valueOf(this.port));
	}

	private Process run(String command, Map<String, String> env, Map<String, Object> check, String... options)
			throws Exception {
		return Program.start(Program.with(List.of("run", "--port", "0", "--admin-port", "0", "--log",
				this.directory.resolve("log").toString(), descriptor(command, env, check)), options));
	}

	private String descriptor(String command, Map<String, String> env, Map<String, Object> check) throws Exception {
		List<Map<String, String>> variables = new ArrayList<>();
		env.forEach((name, value) -> variables.add(Map.of("name", name, "value", value)));
		Map<String, Object> container = Map.of("image", "registry-vpc.cn-hangzhou.aliyuncs.com/tests/model:1", "port",
				8000, "command", command, "env", variables, "health_check", check);
		Map<String, Object> service = Map.of("metadata", Map.of("name", "ports", "instance", 2), "containers",
				List.of(container));
		return Files
			.writeString(this.directory.resolve("service.json"), JsonMapper.shared().writeValueAsString(service))
			.toString();
	}

	/** The check may pass before the line is read. */
	private int managedAt(int instance) {
		String said = "ports-" + instance + " | managed at ";
		return await()
			.until(() -> output().stream()
				.filter((line) -> line.startsWith(said))
				.map((line) -> Integer.valueOf(line.substring(said.length())))
				.findFirst(), Optional::isPresent)
			.orElseThrow();
	}

	private List<String> output() throws Exception {
		return Files.readAllLines(this.directory.resolve("log"));
	}

	private static String readUntil(BufferedReader reader, String part, int times) throws Exception {
		StringBuilder read = new StringBuilder();
		int found = 0;
		for (String line = reader.readLine(); line != null; line = reader.readLine()) {
			read.append(line).append('\n');
			found += line.contains(part) ? 1 : 0;
			if (found == times) {
				return line;
			}
		}
		throw new AssertionError("ended after: " + read);
	}

}
