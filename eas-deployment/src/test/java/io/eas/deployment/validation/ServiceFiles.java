package io.eas.deployment.validation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The files that tests start from.
 */
final class ServiceFiles {

	private ServiceFiles() {
	}

	/** The vendor's own example, as it stands in its documentation. */
	static String seed() {
		return read("/seed-service.json");
	}

	/** A file that nothing is wrong with. */
	static String good() {
		return read("/good-service.json");
	}

	/** The good file with some text replaced, at its first place. */
	static String good(String text, String replacement) {
		String good = good();
		int index = good.indexOf(text);
		if (index < 0) {
			throw new IllegalArgumentException("not in the good file: " + text);
		}
		return good.substring(0, index) + replacement + good.substring(index + text.length());
	}

	private static String read(String name) {
		try (InputStream stream = Objects.requireNonNull(ServiceFiles.class.getResourceAsStream(name))) {
			return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
