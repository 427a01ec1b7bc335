package io.eas.deployment.generation;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.DescriptiveResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;

/**
 * What the application finds on its class path, and nothing else: no file of the machine
 * that the descriptor is written on. Spring Boot's own classes come from here, so that no
 * code of the application is run. Not safe for several threads.
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
			return new DescriptiveResource(location); // which doesn't exist
		}
		String path = location.substring(ResourceLoader.CLASSPATH_URL_PREFIX.length());
		return new ApplicationResource(this.classes.resolve(path.replaceFirst("^/+", "")),
				(file) -> this.lastOpened = file);
	}

	/**
	 * The file that is to blame if something in it can't be read.
	 * @return {@code null} if none was opened
	 */
	@Nullable Path lastOpened() {
		return this.lastOpened;
	}

}
