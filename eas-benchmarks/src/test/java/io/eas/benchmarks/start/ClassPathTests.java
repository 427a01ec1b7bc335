package io.eas.benchmarks.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

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
	void currentClassPathHasTheStarter(@TempDir Path folder) throws Exception {
		Path client = Path.of(EasClient.class.getProtectionDomain().getCodeSource().getLocation().toURI());
		assertThat(ClassPath.current(folder).files()).contains(client);
		assertThat(ClassPath.current(folder).without(List.of("eas-client")).files()).doesNotContain(client);
	}

	@Test
	void jarThatNamesOthersIsUnpackedSoThatNoJvmFollowsIt(@TempDir Path folder) throws IOException {
		Path client = Files.createFile(folder.resolve("eas-client-1.0.jar"));
		Path jar = folder.resolve("benchmarks.jar");
		Manifest manifest = new Manifest();
		manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
		manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, "eas-client-1.0.jar gone.jar");
		try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
			out.putNextEntry(new JarEntry("a/b.txt"));
			out.write('x');
		}
		ClassPath found = new ClassPath(ClassPath.withNamed(jar, folder).toList());
		assertThat(found.files()).hasSize(2).contains(client).doesNotContain(jar);
		assertThat(found.without(List.of("eas-client")).files()).singleElement()
			.satisfies((classes) -> assertThat(classes.resolve("a/b.txt")).hasContent("x"));
	}

}
