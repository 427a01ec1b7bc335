package io.eas.benchmarks.start;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A class path.
 *
 * @param files its jars and directories
 */
record ClassPath(List<Path> files) {

	ClassPath {
		files = List.copyOf(files);
	}

	/**
	 * Returns the class path of this JVM, with the jars that the manifest of a jar names.
	 */
	static ClassPath current() {
		return new ClassPath(Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.map((file) -> Path.of(file).toAbsolutePath().normalize())
			.flatMap((file) -> Stream.concat(Stream.of(file), namedBy(file)))
			.distinct()
			.toList());
	}

	private static Stream<Path> namedBy(Path file) {
		if (!Files.isRegularFile(file)) {
			return Stream.empty();
		}
		try (JarFile jar = new JarFile(file.toFile())) {
			Manifest manifest = jar.getManifest();
			String named = (manifest != null) ? manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH)
					: null;
			URI base = file.toUri();
			return Stream.ofNullable(named)
				.flatMap((names) -> Arrays.stream(names.strip().split(" +")))
				.filter((name) -> !name.isEmpty())
				.map((name) -> Path.of(base.resolve(name)))
				.filter(Files::exists);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns this class path without some artifacts.
	 * @param artifacts the beginnings of their names
	 */
	ClassPath without(List<String> artifacts) {
		return new ClassPath(this.files.stream()
			.filter((file) -> artifacts.stream().noneMatch(artifact(file)::startsWith))
			.toList());
	}

	/** Classes of a module that isn't packaged are somewhere below its pom.xml. */
	private static String artifact(Path file) {
		Path module = file;
		while (Files.isDirectory(file) && module != null && !Files.exists(module.resolve("pom.xml"))) {
			module = module.getParent();
		}
		return ((module != null) ? module : file).getFileName().toString();
	}

	@Override
	public String toString() {
		return this.files.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
	}

}
