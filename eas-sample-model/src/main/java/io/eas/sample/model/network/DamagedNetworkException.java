package io.eas.sample.model.network;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/**
 * A model file that is none, is of another version, or was changed or cut on its way.
 */
public class DamagedNetworkException extends IOException {

	DamagedNetworkException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
