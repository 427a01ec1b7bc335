package io.eas.sample.model;

import java.io.IOException;

import org.springframework.core.io.Resource;

/**
 * Thrown if the model file is missing or damaged.
 */
class ModelNotLoadedException extends RuntimeException {

	ModelNotLoadedException(Resource file, IOException cause) {
		super("the model cannot be loaded from " + file.getDescription() + ": " + cause.getMessage(), cause);
	}

}
