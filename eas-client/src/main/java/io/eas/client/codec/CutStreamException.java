package io.eas.client.codec;

import java.io.IOException;

/**
 * Thrown when an event stream has no declared length and its connection is closed before
 * the first event. Such a stream has most likely been cut off.
 */
public final class CutStreamException extends IOException {

	private static final long serialVersionUID = 1L;

	CutStreamException() {
		super("closed before the first event");
	}

}
