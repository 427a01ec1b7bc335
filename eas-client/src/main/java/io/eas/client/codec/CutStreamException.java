package io.eas.client.codec;

import java.io.IOException;

/**
 * An event stream ended with its connection, as one without a length does, and had no
 * event: it has been cut, as far as anybody can tell.
 */
public final class CutStreamException extends IOException {

	private static final long serialVersionUID = 1L;

	CutStreamException() {
		super("closed before the first event");
	}

}
