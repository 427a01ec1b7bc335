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

import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The program as its users have it: started, read, ended.
 */
final class Program {

	private Program() {
	}

	static CommandLine inProcess(StringWriter err) {
		return EmulatorApplication.commandLine().setErr(new PrintWriter(err, true));
	}

	static Process start(String... arguments) throws IOException {
		return builder(arguments).start();
	}

	/** What it says on its error stream is in a file, past the console of the build. */
	static ProcessBuilder builder(String... arguments) {
		List<String> command = with(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-cp", System.getProperty("java.class.path"), EmulatorApplication.class.getName()),
				arguments);
		ProcessBuilder builder = new ProcessBuilder(command)
			.redirectError(ProcessBuilder.Redirect.appendTo(Path.of("target", "programs.log").toFile()));
		builder.environment().put("EAS_TOKEN", "s3cret");
		return builder;
	}

	static Process start(List<String> arguments) throws IOException {
		return start(arguments.toArray(String[]::new));
	}

	static List<String> with(List<String> first, String... more) {
		List<String> all = new ArrayList<>(first);
		all.addAll(List.of(more));
		return all;
	}

	static void end(Process process) throws InterruptedException {
		process.destroy();
		assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
	}

	static String readMessage(BufferedReader reader) throws IOException {
		StringBuilder message = new StringBuilder();
		for (String line = reader.readLine(); line != null; line = reader.readLine()) {
			message.append(line).append('\n');
			if (line.startsWith("Ctrl-C")) {
				return message.toString();
			}
		}
		throw new AssertionError("ended after: " + message);
	}

	static String find(String pattern, String text) {
		Matcher matcher = Pattern.compile(pattern).matcher(text);
		assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
		return matcher.group(1);
	}

	static String post(String uri, String body) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create(uri))
			.header("X-Eas-Admin", "1")
			.POST(BodyPublishers.ofString(body))
			.build();
		return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
	}

}
