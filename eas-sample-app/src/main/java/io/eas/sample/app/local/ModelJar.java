package io.eas.sample.app.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The executable jar of the sample model.
 *
 * @param path where it is
 */
record ModelJar(Path path) {

	/**
	 * Finds the jar.
	 * @param path relative to the root of the repository, where the application or, from
	 * a module's folder, a test is started
	 * @throws ModelJarMissingException if it isn't there
	 */
	static ModelJar find(String path) {
		return Stream.of(Path.of(path), Path.of("..").resolve(path))
			.filter(Files::isRegularFile)
			.findFirst()
			.map(ModelJar::new)
			.orElseThrow(() -> new ModelJarMissingException(path));
	}

	/**
	 * The command that starts an instance: small, so that several fit side by side.
	 */
	List<String> command() {
		return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m",
				"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", this.path.toString());
	}

}
