package io.eas.emulator.cli;

import java.io.Writer;
import java.util.function.Consumer;

/**
 * Passes each line on once it is complete. Thread-safe if the consumer is.
 */
final class LineWriter extends Writer {

	private final Consumer<String> lines;

	private final StringBuilder line = new StringBuilder();

	LineWriter(Consumer<String> lines) {
		this.lines = lines;
	}

	@Override
	public void write(char[] text, int offset, int length) {
		synchronized (this.lock) {
			for (int i = offset; i < offset + length; i++) {
				if (text[i] != '\n') {
					this.line.append(text[i]);
					continue;
				}
				this.lines.accept(this.line.toString());
				this.line.setLength(0);
			}
		}
	}

	@Override
	public void flush() {
		// a line is passed on as a whole
	}

	@Override
	public void close() {
		// whoever gets the lines is closed by others
	}

}
