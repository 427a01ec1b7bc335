package io.eas.deployment.validation;

import java.util.stream.Stream;

import io.eas.deployment.model.CheckKind;
import io.eas.deployment.model.CheckMethod;
import io.eas.deployment.model.HealthCheck;
import io.eas.deployment.model.Timings;

/**
 * A health check and its place in the file.
 *
 * @param container the path of its container
 * @param path such as {@code containers[0].liveness_check}
 * @param kind what it is for
 * @param check the check
 */
record LocatedCheck(String container, String path, CheckKind kind, HealthCheck check) {

	Timings timings() {
		return this.check.timings();
	}

	/**
	 * How it is done, if in one way.
	 * @param <M> the way
	 * @param way the way
	 * @return the method; empty if the check is done in another way
	 */
	<M extends CheckMethod> Stream<M> by(Class<M> way) {
		return Stream.of(this.check.method()).filter(way::isInstance).map(way::cast);
	}

	String at(String key) {
		return this.path + '.' + key;
	}

}
