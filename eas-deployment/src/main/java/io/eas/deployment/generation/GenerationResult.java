package io.eas.deployment.generation;

import java.util.List;

import io.eas.deployment.model.ServiceDescriptor;

/**
 * A descriptor for an application. Immutable.
 *
 * @param descriptor with every timing
 * @param warnings what the application should have set, a sentence each
 */
public record GenerationResult(ServiceDescriptor descriptor, List<String> warnings) {

	/**
	 * Copies.
	 */
	public GenerationResult {
		warnings = List.copyOf(warnings);
	}

}
