package io.eas.deployment.generation;

import io.eas.deployment.model.CheckMethod;
import io.eas.deployment.model.OtherKeys;

/**
 * What a health check asks.
 *
 * @param listener where
 * @param path what
 */
record ProbeTarget(Listener listener, String path) {

	CheckMethod method() {
		return new CheckMethod.HttpGet(this.path, this.listener.port(), OtherKeys.NONE);
	}

}
