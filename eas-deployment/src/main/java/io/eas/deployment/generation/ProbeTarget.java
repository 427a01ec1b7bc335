package io.eas.deployment.generation;

import io.eas.deployment.model.CheckMethod;
import io.eas.deployment.model.OtherKeys;

/**
 * The target of a health check.
 *
 * @param listener the server
 * @param path the path
 */
record ProbeTarget(Listener listener, String path) {

	CheckMethod method() {
		return new CheckMethod.HttpGet(this.path, this.listener.port(), OtherKeys.NONE);
	}

}
