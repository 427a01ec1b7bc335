package io.eas.sample.app.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Finds the files of the sample model.
 */
final class ModelFile {

	private ModelFile() {
	}

	/**
	 * Finds a file, whether the application was started in the root of the repository or
	 * in the directory of a module.
	 * @param property the property that names the file
	 * @param path the path relative to the root of the repository
	 * @return the absolute path of the file
	 * @throws ModelFileMissingException if the file doesn't exist
	 */
	static Path find(String property, String path) {
		return Stream.of(Path.of(path), Path.of("..").resolve(path))
			.filter(Files::isRegularFile)
			.findFirst()
			.map((file) -> file.toAbsolutePath().normalize())
			.orElseThrow(() -> new ModelFileMissingException(property, path));
	}

}
