package io.eas.deployment.validation;

import java.util.stream.Stream;

import io.eas.deployment.model.Container;

/**
 * A container and where it stands.
 *
 * @param path such as {@code containers[0]}
 * @param container the container
 */
record PlacedContainer(String path, Container container) {

	Stream<PlacedCheck> checks() {
		return this.container.checks()
			.entrySet()
			.stream()
			.map((entry) -> new PlacedCheck(this.path, at(entry.getKey().key()), entry.getKey(), entry.getValue()));
	}

	String at(String key) {
		return this.path + '.' + key;
	}

}
