package io.eas.discovery.snapshot;

/**
 * A snapshot can't be used. The message, for people, goes on from its name: it says what
 * is wrong, and nothing of what stands in it.
 */
final class SnapshotException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	SnapshotException(String message) {
		super(message, null, false, false);
	}

}
