package io.eas.deployment.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * A file named on the command line; {@code -} is the standard input.
 *
 * @param name the name on the command line
 */
record DescriptorFile(String name) {

	private static final String STANDARD_INPUT = "-";

	/**
	 * Returns the name of the file in findings.
	 */
	String displayName() {
		return this.name.equals(STANDARD_INPUT) ? "standard input" : this.name;
	}

	/**
	 * Returns the content of the file.
	 * @throws FileAccessException if the file can't be read or isn't text
	 */
	String content() {
		try {
			if (this.name.equals(STANDARD_INPUT)) {
				ByteBuffer bytes = ByteBuffer.wrap(System.in.readAllBytes());
				return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
			}
			return Files.readString(Path.of(this.name));
		}
		catch (IOException | InvalidPathException ex) {
			throw new FileAccessException(displayName(), ex);
		}
	}

}
