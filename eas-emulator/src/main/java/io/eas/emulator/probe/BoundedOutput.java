package io.eas.emulator.probe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;

/**
 * Keeps the beginning of a program's output. The rest is read, so that the program can
 * keep writing, but discarded. Thread-safe.
 */
final class BoundedOutput {

	private static final int KEPT = 10 * 1024;

	private static final int SHOWN = 300;

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	/**
	 * Reads the output to its end, or until the stream breaks off. Closes the program's
	 * input.
	 */
	void readAll(Process program) {
		byte[] buffer = new byte[4096];
		try (InputStream output = program.getInputStream()) {
			program.getOutputStream().close();
			for (int n = output.read(buffer); n >= 0; n = output.read(buffer)) {
				keep(buffer, n);
			}
		}
		catch (IOException ex) {
			// the program was killed, so nothing more will come
		}
	}

	private synchronized void keep(byte[] buffer, int length) {
		this.bytes.write(buffer, 0, Math.min(length, KEPT - this.bytes.size()));
	}

	/** Returns the output read so far, as one line. */
	synchronized String line() {
		String text = this.bytes.toString(Charset.defaultCharset()).strip().replaceAll("\\s*\\R\\s*", " | ");
		return (text.length() > SHOWN) ? text.substring(0, SHOWN) + "…" : text;
	}

}
