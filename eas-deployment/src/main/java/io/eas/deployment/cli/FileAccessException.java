package io.eas.deployment.cli;

import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import java.util.zip.ZipException;

/**
 * Thrown if a file can't be read or written. The message contains the file's name and the
 * reason.
 */
class FileAccessException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private static final int LAST_OF_ASCII = 0x7F;

	FileAccessException(String file, Exception cause) {
		this(file, "read", cause);
	}

	private FileAccessException(String file, String what, Exception cause) {
		super(file + " can't be " + what + ": " + reason(cause), cause);
	}

	static FileAccessException written(String file, Exception cause) {
		return new FileAccessException(file, "written", cause);
	}

	static String reason(Exception cause) {
		if (cause instanceof InvalidPathException invalid
				&& invalid.getInput().chars().anyMatch((c) -> c > LAST_OF_ASCII)) {
			return "its name has a character that the locale's encoding doesn't have: run it with LC_ALL=C.UTF-8";
		}
		if (cause instanceof NoSuchFileException) {
			return "there is no such file or directory";
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
