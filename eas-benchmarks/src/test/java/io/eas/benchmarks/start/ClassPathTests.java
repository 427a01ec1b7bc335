package io.eas.benchmarks.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.eas.client.EasClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ClassPathTests {

	@Test
	void artifactsAreLeftOutByTheBeginningOfTheirNames(@TempDir Path folder) throws IOException {
		Path jar = Files.createFile(folder.resolve("eas-client-1.0.jar"));
		Path classes = Files.createDirectories(folder.resolve("eas-client/target/jdk-25/classes"));
		Files.createFile(folder.resolve("eas-client/pom.xml"));
		Path other = Files.createFile(folder.resolve("other-eas-client.jar"));
		assertThat(new ClassPath(List.of(jar, classes, other)).without(List.of("eas-client")).files())
			.containsExactly(other);
	}

	@Test
	void currentClassPathHasTheStarter() throws Exception {
		Path client = Path.of(EasClient.class.getProtectionDomain().getCodeSource().getLocation().toURI());
		assertThat(ClassPath.current().files()).contains(client);
		assertThat(ClassPath.current().without(List.of("eas-client")).files()).doesNotContain(client);
	}

}
