package io.eas.deployment.validation;

import java.util.stream.Stream;

import io.eas.deployment.model.CheckKind;
import io.eas.deployment.model.CheckMethod;
import io.eas.deployment.model.HealthCheck;
import io.eas.deployment.model.Timings;

/**
 * A health check and its path in the file.
 *
 * @param container the path of its container
 * @param path the path of the check, such as {@code containers[0].liveness_check}
 * @param kind the kind of check
 * @param check the check
 */
record LocatedCheck(String container, String path, CheckKind kind, HealthCheck check) {

	Timings timings() {
		return this.check.timings();
	}

	/**
	 * Returns the method of the check if it has the given type.
	 * @param <M> the type of the method
	 * @param way the type of the method
	 * @return the method; empty if the check has another method
	 */
	<M extends CheckMethod> Stream<M> by(Class<M> way) {
		return Stream.of(this.check.method()).filter(way::isInstance).map(way::cast);
	}

	String at(String key) {
		return this.path + '.' + key;
	}

}
