package io.eas.benchmarks.scale;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

import org.jspecify.annotations.Nullable;

/**
 * The home directory of a JDK.
 *
 * @param path the directory
 */
record JavaHome(Path path) {

	private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

	/**
	 * Returns why the JDK can't run virtual threads.
	 * @return the reason; {@code null} if it can
	 */
	@Nullable String unfitness() {
		if (!Files.isExecutable(this.path.resolve("bin").resolve("java"))) {
			return "there is no Java at " + this.path;
		}
		int feature = feature();
		return (feature < FIRST_WITH_VIRTUAL_THREADS) ? "Java " + feature + " has no virtual threads" : null;
	}

	private int feature() {
		Properties release = new Properties();
		try (Reader reader = Files.newBufferedReader(this.path.resolve("release"))) {
			release.load(reader);
		}
		catch (IOException ex) {
			return 0;
		}
		String version = release.getProperty("JAVA_VERSION", "0").replace("\"", "");
		return Runtime.Version.parse(version).feature();
	}

}
