package io.eas.benchmarks.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class JavaHomeTests {

	@TempDir
	private Path home;

	@Test
	void newJdkIsSuitable() throws IOException {
		assertThat(home("JAVA_VERSION=\"25.0.1\"").unfitness()).isNull();
		assertThat(home("JAVA_VERSION=\"21\"").unfitness()).isNull();
	}

	@Test
	void olderJdkIsNotSuitable() throws IOException {
		assertThat(home("JAVA_VERSION=\"17.0.15\"").unfitness()).isEqualTo("Java 17 has no virtual threads");
	}

	@Test
	void missingJdkIsNotSuitable() {
		assertThat(new JavaHome(this.home).unfitness()).isEqualTo("there is no Java at " + this.home);
	}

	private JavaHome home(String release) throws IOException {
		Path bin = Files.createDirectories(this.home.resolve("bin"));
		if (!Files.exists(bin.resolve("java"))) {
			assertThat(Files.createFile(bin.resolve("java")).toFile().setExecutable(true)).isTrue();
		}
		Files.writeString(this.home.resolve("release"), release);
		return new JavaHome(this.home);
	}

}
