package io.eas.sample.model.network;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if a file is not a model file, has another version, or was changed or truncated.
 */
public class DamagedNetworkException extends IOException {

	DamagedNetworkException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
