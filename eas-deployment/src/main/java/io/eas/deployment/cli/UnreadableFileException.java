package io.eas.deployment.cli;

import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import java.util.zip.ZipException;

/**
 * A file can't be read. The message names it and says why.
 */
class UnreadableFileException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	UnreadableFileException(String file, Exception cause) {
		super(file + " can't be read: " + reason(cause), cause);
	}

	private static String reason(Exception cause) {
		if (cause instanceof NoSuchFileException) {
			return "there is no such file";
		}
		if (cause instanceof CharacterCodingException) {
			return "it isn't UTF-8";
		}
		if (cause instanceof ZipException) {
			return "it isn't a jar";
		}
		String message = (cause instanceof FileSystemException file) ? file.getReason() : cause.getMessage();
		return Objects.requireNonNullElse(message, cause.getClass().getSimpleName());
	}

}
