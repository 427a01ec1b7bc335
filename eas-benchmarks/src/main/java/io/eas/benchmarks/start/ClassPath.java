package io.eas.benchmarks.start;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
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
	 * Returns the class path of this JVM, including the jars that the manifests of its
	 * jars name. A jar whose manifest names others is replaced by its unpacked content.
	 * Otherwise a new JVM would follow the manifest to artifacts that were removed.
	 * @param directory an existing directory for the unpacked jars
	 */
	static ClassPath current(Path directory) {
		return new ClassPath(Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.map((file) -> Path.of(file).toAbsolutePath().normalize())
			.flatMap((file) -> withNamed(file, directory))
			.distinct()
			.toList());
	}

	/** Returns a file and the files that its manifest names. */
	static Stream<Path> withNamed(Path file, Path directory) {
		if (!Files.isRegularFile(file)) {
			return Stream.of(file);
		}
		try (JarFile jar = new JarFile(file.toFile())) {
			Manifest manifest = jar.getManifest();
			String named = (manifest != null) ? manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH)
					: null;
			if (named == null) {
				return Stream.of(file);
			}
			URI base = file.toUri();
			return Stream.concat(Stream.of(unpack(jar, Files.createTempDirectory(directory, "jar"))),
					Arrays.stream(named.strip().split(" +"))
						.filter((name) -> !name.isEmpty())
						.map((name) -> Path.of(base.resolve(name)))
						.filter(Files::exists));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Path unpack(JarFile jar, Path directory) throws IOException {
		for (JarEntry entry : Collections.list(jar.entries())) {
			Path target = directory.resolve(entry.getName()).normalize();
			if (!entry.isDirectory() && target.startsWith(directory)) {
				Files.createDirectories(target.getParent());
				try (InputStream content = jar.getInputStream(entry)) {
					Files.copy(content, target);
				}
			}
		}
		return directory;
	}

	/**
	 * Returns this class path without some artifacts.
	 * @param artifacts the prefixes of the names of these artifacts
	 */
	ClassPath without(List<String> artifacts) {
		return new ClassPath(this.files.stream()
			.filter((file) -> artifacts.stream().noneMatch(artifact(file)::startsWith))
			.toList());
	}

	/**
	 * Returns the name of a jar, or the name of the module to which a directory of
	 * classes belongs.
	 */
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
