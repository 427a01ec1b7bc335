package io.eas.deployment.generation;

import java.util.List;

import io.eas.deployment.model.ServiceDescriptor;

/**
 * A descriptor for an application. Immutable.
 *
 * @param descriptor the descriptor, with all timings
 * @param warnings warnings about settings of the application, one sentence each
 */
public record GenerationResult(ServiceDescriptor descriptor, List<String> warnings) {

	/**
	 * Copies the warnings.
	 */
	public GenerationResult {
		warnings = List.copyOf(warnings);
	}

}
