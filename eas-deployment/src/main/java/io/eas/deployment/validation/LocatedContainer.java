package io.eas.deployment.validation;

import java.util.List;
import java.util.stream.Stream;

import io.eas.deployment.model.Container;

/**
 * A container and its path in the file.
 *
 * @param path the path of the container, such as {@code containers[0]}
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

	/**
	 * Returns the values that start the container: {@code command} and {@code script}, if
	 * present.
	 */
	Stream<StartLine> startLines() {
		return Stream.concat(
				Stream.ofNullable(this.container.command()).map((command) -> new StartLine(at("command"), command)),
				Stream.ofNullable(this.container.script()).map((script) -> new StartLine(at("script"), script)));
	}

	/**
	 * A command line, or a script of several command lines.
	 *
	 * @param path the path of the value
	 * @param text the text, which must never be shown, because it may contain a secret
	 */
	record StartLine(String path, String text) {

		List<ListenOption> listens() {
			return ListenOption.in(this.text);
		}

	}

}
