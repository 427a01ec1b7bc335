package io.eas.discovery.snapshot;

/**
 * Exception thrown if a snapshot can't be used. The message continues a sentence that
 * begins with the name of the file. It says what is wrong, and never contains any content
 * of the file.
 */
final class SnapshotException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	SnapshotException(String message) {
		super(message, null, false, false);
	}

}
