package io.eas.deployment.cli;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code explain}: what it prints, and how it ends.
 */
class ExplainCommandTests {

	@TempDir
	private Path directory;

	@Test
	void descriptorIsExplained() throws Exception {
		Run run = Run.of("explain", resource("seed-service.json").toString());
		assertThat(run).isEqualTo(new Run(0, Files.readString(resource("explanation/seed-service.txt")), ""));
	}

	@Test
	void theDefaultCheckIsExplained() throws IOException {
		Path file = Files.writeString(this.directory.resolve("service.json"), """
				{"name": "digits", "metadata": {}, "containers": [{"image": "a", "port": 8000}]}
				""");
		Run run = Run.of("explain", file.toString());
		assertThat(run.code()).isZero();
		assertThat(run.out()).startsWith("digits: 1 instance")
			.contains("No health checks: EAS then makes one of its own")
			.contains("  Opens a connection to port 8000 of the instance");
	}

	@Test
	void structuralErrorsAreListedAndExitWith1() throws IOException {
		Path file = Files.writeString(this.directory.resolve("service.json"), """
				{"metadata": {"name": "x", "instance": "two"},
				"containers": [{"port": "8000"}]}
				""");
		Run run = Run.of("explain", file.toString());
		assertThat(run.code()).isEqualTo(1);
		assertThat(run.out()).isEmpty();
		assertThat(run.err().lines()).hasSize(2)
			.allSatisfy((line) -> assertThat(line).contains("service.json:", " error wrong-type "));
	}

	@Test
	void unreadableFileExitsWith2() throws IOException {
		assertThat(Run.of("explain", "none.json"))
			.isEqualTo(new Run(2, "", "eas-deployment: none.json can't be read: there is no such file or directory\n"));
		Run run = Run.of("explain", Files.writeString(this.directory.resolve("no.json"), "port: 8000").toString());
		assertThat(run.code()).isEqualTo(2);
		assertThat(run.err()).contains("no.json:1:1: error not-json: ");
		assertThat(Run.of("explain").code()).isEqualTo(2);
	}

	private static Path resource(String name) throws URISyntaxException {
		return Path.of(ExplainCommandTests.class.getResource("/" + name).toURI());
	}

}
