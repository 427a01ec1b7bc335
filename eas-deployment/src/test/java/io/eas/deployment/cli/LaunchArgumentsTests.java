package io.eas.deployment.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Arguments that a launcher decoded as ASCII.
 */
class LaunchArgumentsTests {

	private static final String[] LOST = { "validate", "A=\uFFFD\uFFFD" };

	@TempDir
	private Path directory;

	@Test
	void intactArgumentsAreUnchanged() {
		String[] args = { "validate", "é" };
		assertThat(LaunchArguments.recover(args, Path.of("none"))).isSameAs(args);
	}

	@Test
	void lostArgumentIsRecovered() throws IOException {
		assertThat(LaunchArguments.recover(LOST, line("java", "-jar", "a.jar", "validate", "A=é")))
			.containsExactly("validate", "A=é");
	}

	@Test
	void lostArgumentWithoutACommandLineIsRefusedWithARemedy() {
		assertThatIllegalArgumentException().isThrownBy(() -> LaunchArguments.recover(LOST, Path.of("none")))
			.withMessageStartingWith("argument 2, A=…, has a character that the locale's encoding, ")
			.withMessageEndingWith(", doesn't have: run it with LC_ALL=C.UTF-8");
	}

	@Test
	void commandLineOfAnotherProgramIsRefused() throws IOException {
		Path other = line("java", "-jar", "a.jar", "explain", "A=é");
		assertThatIllegalArgumentException().isThrownBy(() -> LaunchArguments.recover(LOST, other));
		Path shorter = line("validate", "A=é");
		assertThatIllegalArgumentException().isThrownBy(() -> LaunchArguments.recover(LOST, shorter));
	}

	@Test
	void invalidUtf8IsRefused() throws IOException {
		byte[] bytes = "java\0validate\0A=é\0".getBytes(StandardCharsets.ISO_8859_1);
		Path line = Files.write(this.directory.resolve("cmdline"), bytes);
		assertThatIllegalArgumentException().isThrownBy(() -> LaunchArguments.recover(LOST, line));
	}

	private Path line(String... words) throws IOException {
		return Files.writeString(this.directory.resolve("cmdline"), String.join("\0", words) + "\0");
	}

}
