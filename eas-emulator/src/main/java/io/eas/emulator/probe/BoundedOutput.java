package io.eas.emulator.probe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;

/**
 * The beginning of a program's output; what follows is read, so that the program can go
 * on writing, and forgotten. Thread-safe.
 */
final class BoundedOutput {

	private static final int KEPT = 10 * 1024;

	private static final int SHOWN = 300;

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	/** Reads to the end, or until the stream breaks off; sends nothing. */
	void readAll(Process program) {
		byte[] buffer = new byte[4096];
		try (InputStream output = program.getInputStream()) {
			program.getOutputStream().close();
			for (int n = output.read(buffer); n >= 0; n = output.read(buffer)) {
				keep(buffer, n);
			}
		}
		catch (IOException ex) {
			// the program was killed: what was read is all there is
		}
	}

	private synchronized void keep(byte[] buffer, int length) {
		this.bytes.write(buffer, 0, Math.min(length, KEPT - this.bytes.size()));
	}

	/** What was read so far, in one line for people. */
	synchronized String line() {
		String text = this.bytes.toString(Charset.defaultCharset()).strip().replaceAll("\\s*\\R\\s*", " | ");
		return (text.length() > SHOWN) ? text.substring(0, SHOWN) + "…" : text;
	}

}
