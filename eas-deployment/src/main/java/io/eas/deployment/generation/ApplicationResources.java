package io.eas.deployment.generation;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.DescriptiveResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;

/**
 * Loads resources from the application's class path only, and never files of the machine
 * on which the descriptor is generated. Spring Boot's own classes are those of this
 * program, so that no code of the application is run. Not thread-safe.
 */
final class ApplicationResources extends DefaultResourceLoader {

	private final Path classes;

	private @Nullable Path lastOpened;

	ApplicationResources(Path classes) {
		super(ApplicationResources.class.getClassLoader());
		this.classes = classes;
	}

	@Override
	public Resource getResource(String location) {
		if (!location.startsWith(ResourceLoader.CLASSPATH_URL_PREFIX)) {
			return new DescriptiveResource(location); // a resource that doesn't exist
		}
		String path = location.substring(ResourceLoader.CLASSPATH_URL_PREFIX.length());
		return new ApplicationResource(this.classes.resolve(path.replaceFirst("^/+", "")),
				(file) -> this.lastOpened = file);
	}

	/**
	 * Returns the file that was opened last. If reading fails, this file is the cause.
	 * @return the file; {@code null} if none was opened
	 */
	@Nullable Path lastOpened() {
		return this.lastOpened;
	}

}
