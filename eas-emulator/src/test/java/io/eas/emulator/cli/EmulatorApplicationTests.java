package io.eas.emulator.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.eas.emulator.TestModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The program: what it prints, and how it ends.
 */
@Timeout(60)
class EmulatorApplicationTests {

	@Test
	void servesAnEchoAndSaysHowToTryIt() throws Exception {
		Process process = start("serve", "--port", "0", "--admin-port", "0", "--service", "my_echo", "--weights",
				"1,10");
		try (BufferedReader reader = process.inputReader()) {
			String message = readMessage(reader);
			assertThat(message).containsPattern("endpoint  127.0.0.1:\\d+")
				.containsPattern("admin     http://127.0.0.1:\\d+/services")
				.containsPattern("my_echo-0  127.0.0.1:\\d+  weight 1  in this JVM")
				.containsPattern("my_echo-1  127.0.0.1:\\d+  weight 10  in this JVM");
			assertThat(message.lines().filter((line) -> line.startsWith("  curl "))).hasSize(3);
			String endpoint = find("endpoint  (\\S+)", message);
			assertThat(post("http://" + endpoint + "/api/predict/my_echo", "{\"n\":1}")).isEqualTo("{\"n\":1}");
			assertThat(post(find("curl -X POST (\\S+)", message), "")).contains("\"state\":\"DEAD\"");
		}
		finally {
			end(process);
		}
	}

	@Test
	void endedByASignalItTakesItsProcessesAlong() throws Exception {
		Process process = start(
				with(List.of("serve", "--port", "0", "--admin-port", "0", "--token-env", "EAS_TOKEN", "--"),
						TestModel.command()));
		try (BufferedReader reader = process.inputReader()) {
			String message = readMessage(reader);
			assertThat(message).contains("$EAS_TOKEN").doesNotContain("s3cret");
			long pid = Long.parseLong(find("pid (\\d+)", message));
			assertThat(ProcessHandle.of(pid)).isPresent();
			end(process);
			assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
		}
		finally {
			end(process);
		}
	}

	@Test
	void whatCannotStartIsOneLineAndCode1() {
		StringWriter err = new StringWriter();
		int code = commandLine(err).execute("serve", "--port", "0", "--admin-port", "0", "--", "sh", "-c",
				"echo no model; exit 7");
		assertThat(code).isEqualTo(1);
		assertThat(err.toString().lines()).containsExactly(
				"eas-emulator: echo-0: \"sh -c echo no model; exit 7\" exited with code 7 before it was ready; last output: no model");
	}

	@ParameterizedTest
	@ValueSource(strings = { "serve --port x", "serve --unknown", "serve --instances 2 --weights 1",
			"serve --weight -1", "serve --token-env EAS_TOKEN_THAT_IS_NOT_SET", "serve --port 70000",
			"serve --instances -1", "walk", "serve --start-timeout 0 -- x", "serve --ready-path x -- y" })
	void wrongUsageIsCode2(String line) {
		StringWriter err = new StringWriter();
		assertThat(commandLine(err).execute(line.split(" "))).isEqualTo(2);
		assertThat(err.toString()).isNotBlank();
	}

	private static CommandLine commandLine(StringWriter err) {
		return EmulatorApplication.commandLine().setErr(new PrintWriter(err, true));
	}

	private static Process start(String... arguments) throws IOException {
		List<String> command = with(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-cp", System.getProperty("java.class.path"), EmulatorApplication.class.getName()),
				arguments);
		ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
		builder.environment().put("EAS_TOKEN", "s3cret");
		return builder.start();
	}

	private static Process start(List<String> arguments) throws IOException {
		return start(arguments.toArray(String[]::new));
	}

	private static List<String> with(List<String> first, String... more) {
		List<String> all = new ArrayList<>(first);
		all.addAll(List.of(more));
		return all;
	}

	private static void end(Process process) throws InterruptedException {
		process.destroy();
		assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
	}

	private static String readMessage(BufferedReader reader) throws IOException {
		StringBuilder message = new StringBuilder();
		for (String line = reader.readLine(); line != null; line = reader.readLine()) {
			message.append(line).append('\n');
			if (line.startsWith("Ctrl-C")) {
				return message.toString();
			}
		}
		throw new AssertionError("ended after: " + message);
	}

	private static String find(String pattern, String text) {
		Matcher matcher = Pattern.compile(pattern).matcher(text);
		assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
		return matcher.group(1);
	}

	private static String post(String uri, String body) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create(uri)).POST(BodyPublishers.ofString(body)).build();
		return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
	}

}
