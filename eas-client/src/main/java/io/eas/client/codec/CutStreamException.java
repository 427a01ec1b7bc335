package io.eas.client.codec;

import java.io.IOException;

/**
 * Thrown when an event stream without a declared length ends with its connection before
 * its first event. Such a stream has most likely been cut off.
 */
public final class CutStreamException extends IOException {

	private static final long serialVersionUID = 1L;

	CutStreamException() {
		super("closed before the first event");
	}

}
