package io.eas.deployment;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A service as EAS is told to run it: the content of a {@code service.json}. It holds
 * what was written, right or wrong: only a validator judges. Immutable.
 *
 * @param metadata the service
 * @param cloud what it runs on; {@code null} if not said
 * @param containers what it runs; empty where a processor of EAS serves the model
 * @param other all other keys
 */
public record ServiceDescriptor(Metadata metadata, @Nullable Cloud cloud, List<Container> containers, OtherKeys other) {

	/**
	 * Copies.
	 */
	public ServiceDescriptor {
		containers = List.copyOf(containers);
	}

}
