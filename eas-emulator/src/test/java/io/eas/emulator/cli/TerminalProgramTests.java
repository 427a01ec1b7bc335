package io.eas.emulator.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The program in a terminal, which {@code script} of util-linux makes.
 */
@Timeout(180)
class TerminalProgramTests {

	private static final char CTRL_C = 3;

	private static final char CTRL_S = 19;

	private static final char CTRL_Z = 26;

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	/** The whole terminal scrolls again. */
	private static final String REGION = "\u001b[1;24r\u001b[24;1H";

	private static final String CURSOR = "\u001b[?12l\u001b[?25h";

	private static final String CLEARED = "\u001b[H\u001b[2J";

	private static final String TALKER = """
			{ "metadata": { "name": "talker", "instance": 2 },
			  "containers": [ { "image": "registry-vpc.cn-hangzhou.aliyuncs.com/tests/model:1", "port": 8000,
			    "script": "while true; do echo a line; sleep 0.2; done",
			    "health_check": { "period_seconds": 1, "exec": { "command": [ "true" ] } } } ] }
			""";

	@TempDir
	private Path directory;

	@BeforeAll
	static void needsScript() throws Exception {
		Assumptions.assumeTrue(isUtilLinux(), "there is no script of util-linux in PATH, which makes a terminal");
	}

	private static boolean isUtilLinux() throws InterruptedException {
		try {
			Process process = new ProcessBuilder("script", "--version").redirectErrorStream(true).start();
			try (InputStream output = process.getInputStream()) {
				return new String(output.readAllBytes(), StandardCharsets.UTF_8).contains("util-linux")
						&& process.waitFor() == 0;
			}
		}
		catch (IOException ex) {
			return false;
		}
	}

	@Test
	void theTableStaysBelowWhatInstancesPrintUntilCtrlC() throws Exception {
		TerminalScreen screen = new TerminalScreen(80, 24);
		Process process = start("xterm", "run",
				Files.writeString(this.directory.resolve("service.json"), TALKER).toString());
		try {
			Thread copy = copy(process, screen);
			await().atMost(PATIENCE)
				.untilAsserted(() -> assertThat(screen.lines())
					.anyMatch((line) -> line.matches("talker-1 +\\d+ +Ready +100 +0 +0.*"))
					.anyMatch((line) -> line.matches("talker-[01] \\| a line")));
			type(process, CTRL_C);
			assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
			copy.join();
			assertThat(process.exitValue()).isEqualTo(130);
			assertThat(screen.written()).containsSubsequence(REGION, CURSOR);
		}
		finally {
			end(process);
		}
	}

	@Test
	void ctrlZGivesTheTerminalBackUntilTheProgramGoesOnAndSigtermForGood() throws Exception {
		TerminalScreen screen = new TerminalScreen(80, 24);
		Process process = start("xterm", "serve");
		try {
			Thread copy = copy(process, screen);
			awaitTable(screen);
			ProcessHandle program = program(process);
			type(process, CTRL_Z);
			await().atMost(PATIENCE).until(() -> ps(program).startsWith("T"));
			assertThat(kill("-CONT", process.toHandle(), program)).isZero();
			await().atMost(PATIENCE)
				.untilAsserted(() -> assertThat(screen.written()).containsSubsequence(REGION, CURSOR, CLEARED));
			awaitTable(screen);
			assertThat(program.destroy()).isTrue();
			assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
			copy.join();
			assertThat(process.exitValue()).isEqualTo(143);
			assertThat(screen.written()).containsSubsequence(REGION, CURSOR, CLEARED, REGION, CURSOR);
		}
		finally {
			end(process);
		}
	}

	@Test
	void theProgramEndsEvenIfTheTerminalTakesNoOutput() throws Exception {
		TerminalScreen screen = new TerminalScreen(80, 24);
		Process process = start("xterm", "serve");
		try {
			copy(process, screen);
			awaitTable(screen);
			ProcessHandle program = program(process);
			type(process, CTRL_S);
			assertThat(program.destroy()).isTrue();
			await().atMost(PATIENCE).until(() -> !program.isAlive());
		}
		finally {
			end(process);
		}
	}

	private static void awaitTable(TerminalScreen screen) {
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(screen.lines())
				.anyMatch((line) -> line.matches("echo-0 +\\d+ +Ready +100 +0 +0.*")));
	}

	/** The program is what the command of {@code script} has become. */
	private static ProcessHandle program(Process script) {
		return script.children().findFirst().orElseThrow();
	}

	private static void type(Process process, char key) throws IOException {
		process.getOutputStream().write(key);
		process.getOutputStream().flush();
	}

	private static String ps(ProcessHandle process) throws IOException {
		Process ps = new ProcessBuilder("ps", "-o", "state=", "-p", String.valueOf(process.pid())).start();
		try (InputStream output = ps.getInputStream()) {
			return new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
		}
	}

	private static int kill(String signal, ProcessHandle... processes) throws Exception {
		List<String> words = Stream
			.concat(Stream.of("kill", signal), Stream.of(processes).map((each) -> String.valueOf(each.pid())))
			.toList();
		return new ProcessBuilder(words).start().waitFor();
	}

	@ParameterizedTest
	@CsvSource({ "dumb, --weight 100", "xterm, --plain" })
	void linesAreWrittenWhereNoTableIsWanted(String type, String options) throws Exception {
		TerminalScreen screen = new TerminalScreen(80, 24);
		Process process = start(type, "serve", options.split(" "));
		try {
			copy(process, screen);
			await().atMost(PATIENCE)
				.untilAsserted(() -> assertThat(screen.written()).contains("Ctrl-C ends everything."));
			assertThat(screen.written()).startsWith("EAS on this machine").doesNotContain("\u001b");
		}
		finally {
			end(process);
		}
	}

	private static Process start(String type, String command, String... options) throws Exception {
		List<String> words = Program
			.builder(Program.with(List.of(command, "--port", "0", "--admin-port", "0"), options).toArray(String[]::new))
			.command();
		String quoted = words.stream()
			.map((word) -> "'" + word.replace("'", "'\\''") + "'")
			.collect(Collectors.joining(" "));
		// a build in the background ignores SIGINT, and what it starts would, too
		ProcessBuilder builder = new ProcessBuilder("script", "--quiet", "--return", "--command",
				"stty cols 80 rows 24; exec env --default-signal=INT " + quoted, "/dev/null");
		builder.environment().put("TERM", type);
		return builder.redirectErrorStream(true).start();
	}

	private static Thread copy(Process process, TerminalScreen screen) {
		Thread thread = new Thread(() -> {
			try (Reader output = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
				output.transferTo(screen);
			}
			catch (IOException ex) {
				// the program has been ended
			}
		}, "terminal");
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

	private static void end(Process process) throws InterruptedException {
		process.descendants().forEach(ProcessHandle::destroy);
		process.destroy();
		assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
	}

}
