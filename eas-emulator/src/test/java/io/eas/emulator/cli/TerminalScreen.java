package io.eas.emulator.cli;

import java.io.Writer;
import java.util.List;
import java.util.stream.IntStream;

import org.jline.terminal.Size;
import org.jline.utils.ScreenTerminal;

/**
 * What a terminal shows after all that was written to it. Thread-safe.
 */
final class TerminalScreen extends Writer {

	private final StringBuilder written = new StringBuilder();

	private final ScreenTerminal screen;

	TerminalScreen(int columns, int rows) {
		this.screen = new ScreenTerminal(columns, rows);
	}

	@Override
	public void write(char[] text, int offset, int length) {
		synchronized (this.lock) {
			this.written.append(text, offset, length);
			this.screen.write(new String(text, offset, length));
		}
	}

	void resize(int columns, int rows) {
		this.screen.setSize(Size.of(columns, rows));
	}

	/** Returns the rows from the top, without the blanks at their ends. */
	List<String> lines() {
		synchronized (this.lock) {
			int columns = this.screen.getColumns();
			int rows = this.screen.getRows();
			long[] cells = new long[columns * rows];
			this.screen.dump(cells, null);
			return IntStream.range(0, rows).mapToObj((row) -> line(cells, row * columns, columns)).toList();
		}
	}

	private static String line(long[] cells, int from, int columns) {
		StringBuilder line = new StringBuilder();
		for (int i = from; i < from + columns; i++) {
			int character = ScreenTerminal.cellCodePoint(cells[i]);
			line.appendCodePoint((character != 0) ? character : ' ');
		}
		return line.toString().stripTrailing();
	}

	String written() {
		synchronized (this.lock) {
			return this.written.toString();
		}
	}

	@Override
	public void flush() {
	}

	@Override
	public void close() {
	}

}
