package io.eas.deployment.validation;

import io.eas.deployment.CheckKind;
import io.eas.deployment.HealthCheck;
import io.eas.deployment.Timings;

/**
 * A health check and where it stands.
 *
 * @param container the path of its container
 * @param path such as {@code containers[0].liveness_check}
 * @param kind what it is for
 * @param check the check
 */
record PlacedCheck(String container, String path, CheckKind kind, HealthCheck check) {

	Timings timings() {
		return this.check.timings();
	}

	String at(String key) {
		return this.path + '.' + key;
	}

}
