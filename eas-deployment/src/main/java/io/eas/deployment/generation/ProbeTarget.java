package io.eas.deployment.generation;

import io.eas.deployment.CheckMethod;
import io.eas.deployment.OtherKeys;

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
