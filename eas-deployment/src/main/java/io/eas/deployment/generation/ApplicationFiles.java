package io.eas.deployment.generation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipException;

import org.jspecify.annotations.Nullable;

/**
 * The files of an application: a Spring Boot jar, which is opened but never run, or a
 * directory. Must be closed. Not thread-safe.
 */
final class ApplicationFiles implements AutoCloseable {

	private final @Nullable FileSystem jar;

	private final Path root;

	private ApplicationFiles(@Nullable FileSystem jar, Path root) {
		this.jar = jar;
		this.root = root;
	}

	/**
	 * Opens an application.
	 * @param location a jar or a directory
	 * @throws IOException if the location doesn't exist, or is neither a jar nor a
	 * directory
	 */
	static ApplicationFiles open(Path location) throws IOException {
		if (Files.isDirectory(location)) {
			return new ApplicationFiles(null, location);
		}
		if (!Files.exists(location)) {
			throw new NoSuchFileException(location.toString());
		}
		FileSystem jar = archive(location);
		return new ApplicationFiles(jar, jar.getPath("/"));
	}

	private static FileSystem archive(Path location) throws IOException {
		try {
			return FileSystems.newFileSystem(location);
		}
		catch (ProviderNotFoundException ex) {
			throw new ZipException(location + " is neither a jar nor a directory");
		}
	}

	/**
	 * Returns the root of the application's class path.
	 */
	Path classes() {
		return Stream.of("BOOT-INF/classes", "WEB-INF/classes")
			.map(this.root::resolve)
			.filter(Files::isDirectory)
			.findFirst()
			.orElse(this.root);
	}

	/**
	 * Returns the file names of the libraries.
	 * @return the names; empty if the application doesn't contain its libraries
	 */
	List<String> libraries() throws IOException {
		List<String> names = new ArrayList<>();
		for (String directory : List.of("BOOT-INF/lib", "WEB-INF/lib", "WEB-INF/lib-provided")) {
			Path lib = this.root.resolve(directory);
			if (Files.isDirectory(lib)) {
				try (DirectoryStream<Path> entries = Files.newDirectoryStream(lib)) {
					entries.forEach((entry) -> names.add(entry.getFileName().toString().toLowerCase(Locale.ROOT)));
				}
			}
		}
		return names;
	}

	/**
	 * Returns the version of Spring Boot with which the application was packaged.
	 * @return the version; {@code null} if unknown
	 */
	@Nullable String springBootVersion() throws IOException {
		Path file = this.root.resolve("META-INF/MANIFEST.MF");
		if (!Files.isRegularFile(file)) {
			return null;
		}
		try (InputStream content = Files.newInputStream(file)) {
			return new Manifest(content).getMainAttributes().getValue("Spring-Boot-Version");
		}
	}

	@Override
	public void close() throws IOException {
		if (this.jar != null) {
			this.jar.close();
		}
	}

}
