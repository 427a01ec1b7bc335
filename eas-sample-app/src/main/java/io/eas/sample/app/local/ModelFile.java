package io.eas.sample.app.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Finds what belongs to the sample model.
 */
final class ModelFile {

	private ModelFile() {
	}

	/**
	 * Finds a file.
	 * @param property that names it
	 * @param path relative to the root of the repository, where the application or, from
	 * a module's folder, a test is started
	 * @return the file, absolute
	 * @throws ModelFileMissingException if it isn't there
	 */
	static Path find(String property, String path) {
		return Stream.of(Path.of(path), Path.of("..").resolve(path))
			.filter(Files::isRegularFile)
			.findFirst()
			.map((file) -> file.toAbsolutePath().normalize())
			.orElseThrow(() -> new ModelFileMissingException(property, path));
	}

}
