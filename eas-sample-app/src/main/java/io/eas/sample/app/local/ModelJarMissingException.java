package io.eas.sample.app.local;

import java.nio.file.Path;

/**
 * The model has not been built, or the application was started elsewhere.
 */
class ModelJarMissingException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	ModelJarMissingException(String path) {
		super("The jar of the model, " + path + " (sample.local.model-jar), is neither in "
				+ Path.of("").toAbsolutePath() + " nor in the directory above.");
	}

}
