package io.eas.discovery.snapshot;

/**
 * Exception thrown if a snapshot can't be used. The message is the reason that follows
 * the name of the file in the log. Of the content of the file, the message contains at
 * most an item that can't be used.
 */
final class SnapshotException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	SnapshotException(String message) {
		super(message, null, false, false);
	}

}
