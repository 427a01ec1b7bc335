package io.eas.deployment.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The program as a process.
 */
@Timeout(180)
class DeploymentApplicationTests {

	@Test
	void endsWithTheCommandsExitCodeAndOutput() throws Exception {
		Process process = start("validate", "none.json");
		try {
			process.getOutputStream().close();
			String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
			assertThat(process.exitValue()).isEqualTo(2);
			assertThat(out.lines()).containsExactlyInAnyOrder(
					"eas-deployment: none.json can't be read: there is no such file or directory",
					"none.json: no errors, no warnings, 1 not read");
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static Process start(String... arguments) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-cp", System.getProperty("java.class.path"), DeploymentApplication.class.getName()));
		command.addAll(List.of(arguments));
		return new ProcessBuilder(command).redirectErrorStream(true).start();
	}

}
