package io.eas.deployment.generation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

import org.springframework.core.io.AbstractResource;

/**
 * A file on the application's class path. Spring's {@code FileSystemResource} can't be
 * used, because Spring Boot asks it for a {@code File}, and an entry of a jar has none.
 */
final class ApplicationResource extends AbstractResource {

	private final Path file;

	private final Consumer<Path> opened;

	ApplicationResource(Path file, Consumer<Path> opened) {
		this.file = file;
		this.opened = opened;
	}

	@Override
	public boolean exists() {
		return Files.isRegularFile(this.file);
	}

	@Override
	public String getFilename() {
		return this.file.getFileName().toString();
	}

	@Override
	public String getDescription() {
		return "class path resource " + this.file;
	}

	@Override
	public InputStream getInputStream() throws IOException {
		this.opened.accept(this.file);
		return Files.newInputStream(this.file);
	}

}
