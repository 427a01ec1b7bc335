package io.eas.deployment.validation;

import java.util.stream.Stream;

import io.eas.deployment.model.Container;

/**
 * A container and its place in the file.
 *
 * @param path such as {@code containers[0]}
 * @param container the container
 */
record LocatedContainer(String path, Container container) {

	Stream<LocatedCheck> checks() {
		return this.container.checks()
			.entrySet()
			.stream()
			.map((entry) -> new LocatedCheck(this.path, at(entry.getKey().key()), entry.getKey(), entry.getValue()));
	}

	String at(String key) {
		return this.path + '.' + key;
	}

}
