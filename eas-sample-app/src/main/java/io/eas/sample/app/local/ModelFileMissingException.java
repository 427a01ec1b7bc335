package io.eas.sample.app.local;

import java.nio.file.Path;

/**
 * Thrown if the model has not been built, or the application was started in the wrong
 * directory.
 */
class ModelFileMissingException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	ModelFileMissingException(String property, String path) {
		super("A file of the model, " + path + " (" + property + "), is neither in " + Path.of("").toAbsolutePath()
				+ " nor in the directory above.");
	}

}
