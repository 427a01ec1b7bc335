package io.eas.deployment.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.eas.deployment.generation.TestApplication;
import io.eas.deployment.model.Container;
import io.eas.deployment.reader.DescriptorReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The program as a process.
 */
@Timeout(180)
class DeploymentApplicationTests {

	private static final String IMAGE = "registry-vpc.cn-hangzhou.aliyuncs.com/models/digits:1.0";

	@TempDir
	private Path directory;

	@Test
	void exitCodeAndOutputAreThoseOfTheCommand() throws Exception {
		Run run = run(Map.of(), "validate", "none.json");
		assertThat(run.code()).isEqualTo(2);
		assertThat(run.out().lines()).containsExactlyInAnyOrder(
				"eas-deployment: none.json can't be read: there is no such file or directory",
				"none.json: no errors, no warnings, 1 not read");
	}

	@ParameterizedTest
	@ValueSource(strings = { "C", "POSIX", "C.UTF-8" })
	void argumentsAreReadAndWrittenInUtf8WhateverTheLocale(String locale) throws Exception {
		Path jar = TestApplication.jar(this.directory, TestApplication.GOOD);
		Path file = this.directory.resolve("service.json");
		Run run = run(Map.of("LC_ALL", locale), "generate", "--app", jar.toString(), "--image", IMAGE, "--env",
				"GREETING=你好", "--command", "java -jar app.jar --title=é", "-o", file.toString());
		assertThat(run).isEqualTo(new Run(0, "", ""));
		Container container = DescriptorReader.read(file).containers().get(0);
		assertThat(container.env()).extracting(Container.EnvironmentVariable::value).containsExactly("你好");
		assertThat(container.command()).endsWith("--title=é");
	}

	@ParameterizedTest
	@ValueSource(strings = { "C", "POSIX", "C.UTF-8" })
	void findingsAreWrittenInUtf8WhateverTheLocale(String locale) throws Exception {
		String file = Files.writeString(this.directory.resolve("service.json"), "{\"metadata\": {\"name\": \"模型\"}}")
			.toString();
		assertThat(run(Map.of("LC_ALL", locale), "validate", file).out()).contains("was \"模型\". Choose");
		assertThat(run(Map.of("LC_ALL", locale), "validate", "--format", "json", file).out())
			.contains("was \\\"模型\\\"");
		assertThat(run(Map.of("LC_ALL", locale), "explain", file).out()).startsWith("模型: 1 instance");
	}

	@Test
	void fileNameThatTheLocaleCannotEncodeIsRefused() throws Exception {
		Run read = run(Map.of("LC_ALL", "C"), "validate", "é.json");
		assertThat(read.code()).isEqualTo(2);
		assertThat(read.out()).contains("eas-deployment: é.json can't be read: its name has a character that the "
				+ "locale's encoding doesn't have: run it with LC_ALL=C.UTF-8");
		Run write = run(Map.of("LC_ALL", "C"), "generate", "--app", "a.jar", "--image", IMAGE, "-o", "é.json");
		assertThat(write.code()).isEqualTo(2);
		assertThat(write.out()).contains("'--output'", "run it with LC_ALL=C.UTF-8");
	}

	private static Run run(Map<String, String> environment, String... arguments) throws Exception {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-cp", System.getProperty("java.class.path"), DeploymentApplication.class.getName()));
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(words(command)).redirectErrorStream(true);
		builder.environment().putAll(environment);
		Process process = builder.start();
		try {
			process.getOutputStream().close();
			String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
			return new Run(process.exitValue(), out, "");
		}
		finally {
			process.destroyForcibly();
		}
	}

	/**
	 * A JVM passes arguments on in its own locale's encoding, which may lack what a test
	 * is about; so a shell makes them from ASCII.
	 */
	private static List<String> words(List<String> command) {
		StringBuilder script = new StringBuilder("exec");
		for (String word : command) {
			script.append(" \"$(printf '");
			for (byte each : word.getBytes(StandardCharsets.UTF_8)) {
				script.append(String.format(Locale.ROOT, "\\%03o", each & 0xFF));
			}
			script.append("')\"");
		}
		return List.of("sh", "-c", script.toString());
	}

}
