package io.eas.deployment.model;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A service as EAS is told to run it: the content of a {@code service.json}. It holds
 * what was written, right or wrong: only the validator says which. Immutable.
 *
 * @param metadata the service
 * @param cloud what it runs on; {@code null} if not said
 * @param containers what it runs; empty where a processor of EAS serves the model
 * @param other all other keys
 */
public record ServiceDescriptor(Metadata metadata, @Nullable Cloud cloud, List<Container> containers, OtherKeys other) {

	/**
	 * How long an instance is assumed to need for its start unless somebody says
	 * otherwise.
	 */
	public static final Duration DEFAULT_START_TIME = Duration.ofSeconds(60);

	/**
	 * Copies.
	 */
	public ServiceDescriptor {
		containers = List.copyOf(containers);
	}

}
