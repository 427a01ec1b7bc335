package io.eas.emulator.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.SignalHandler;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.TerminalBuilder.SystemOutput;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalExt;
import org.jline.utils.AttributedString;
import org.jline.utils.Curses;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.WriterOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A terminal whose bottom part stays in place. Other output scrolls above that part, in a
 * scrolling region of the terminal, and so reaches the terminal's history. The bottom
 * part is always drawn as a whole, which also repairs it if other programs have written
 * over it. Thread-safe.
 */
final class LiveTerminal implements AutoCloseable {

	private static final Size USUAL = Size.of(80, 24);

	/** The minimum number of rows above the part that stays in place. */
	private static final int LEAST_ABOVE = 2;

	private final Terminal terminal;

	/** Not the terminal's own writer, which its shutdown hook closes. */
	private final PrintWriter out;

	private final PrintStream before = System.err;

	private final LineWriter lines = new LineWriter(this::print);

	private final PrintWriter writer = new PrintWriter(this.lines, true);

	private final Thread hook = new Thread(this::end, "eas-emulator-terminal");

	private final Deque<AttributedString> printed = new ArrayDeque<>();

	private Size size;

	/** The last row of the scrolling region, counted from 0. */
	private int bottom;

	/** Whether the scrolling region is set. */
	private boolean placed;

	private boolean restored;

	private volatile boolean resized;

	/**
	 * Creates a terminal in which nothing stays in place yet.
	 * @param terminal the terminal, which is closed with this one
	 * @param out writes to the terminal
	 */
	LiveTerminal(Terminal terminal, PrintWriter out) {
		this.terminal = terminal;
		this.out = out;
		this.size = size();
	}

	/**
	 * Opens the terminal of this program. If the standard error stream is also this
	 * terminal, its output is printed above the part that stays in place.
	 * @return {@code null} unless standard input and output are a terminal in which the
	 * cursor can be moved
	 */
	static @Nullable LiveTerminal open() {
		Terminal terminal;
		try {
			terminal = TerminalBuilder.builder()
				.systemOutput(SystemOutput.SysOut)
				.dumb(false)
				.nativeSignals(false) // with them, Ctrl-C would run no shutdown hook
				.signalHandler(SignalHandler.SIG_DFL)
				.graphemeCluster(false) // detection would read the terminal's input
				.build();
		}
		catch (IOException | IllegalStateException ex) {
			return null;
		}
		LiveTerminal live = new LiveTerminal(terminal,
				new PrintWriter(new FileOutputStream(FileDescriptor.out), false, terminal.encoding()));
		if (!live.hasRegions()) {
			live.close();
			return null;
		}
		Runtime.getRuntime().addShutdownHook(live.hook);
		TerminalSignals.register(live);
		if (live.hasErrors()) {
			System.setErr(new PrintStream(new WriterOutputStream(live.writer, terminal.encoding()), true,
					terminal.encoding()));
		}
		return live;
	}

	private boolean hasRegions() {
		return this.terminal.getStringCapability(Capability.change_scroll_region) != null
				&& this.terminal.getStringCapability(Capability.cursor_address) != null
				&& this.terminal.getStringCapability(Capability.clr_eol) != null;
	}

	/**
	 * Redraws the terminal, for example after a change of its size or after another
	 * program has used it.
	 */
	void sizeChanged() {
		this.resized = true;
	}

	/**
	 * Returns whether the standard error stream is a terminal, too.
	 */
	boolean hasErrors() {
		return this.terminal instanceof TerminalExt system && system.getProvider() != null
				&& system.getProvider().isSystemStream(SystemStream.Error);
	}

	/**
	 * Returns the writer of lines above the part that stays in place. They keep their
	 * colors; other control characters are left out, since they would move the cursor.
	 */
	PrintWriter writer() {
		return this.writer;
	}

	/**
	 * Draws the part that stays in place.
	 * @param part returns the lines for a terminal of a given size; only lines that fit
	 * are shown
	 */
	synchronized void show(Function<Size, List<AttributedString>> part) {
		if (this.restored) {
			return;
		}
		if (this.resized) {
			this.resized = false;
			beginAnew();
		}
		List<AttributedString> lines = part.apply(this.size);
		int count = Math.max(0, Math.min(lines.size(), this.size.getRows() - LEAST_ABOVE));
		place(this.size.getRows() - 1 - count);
		for (int i = 0; i < count; i++) {
			clear(this.bottom + 1 + i);
			this.out.write(fitting(lines.get(i)).toAnsi(this.terminal));
		}
		puts(Capability.cursor_address, this.bottom, 0);
		this.out.flush();
	}

	private AttributedString fitting(AttributedString line) {
		return (line.columnLength() > this.size.getColumns()) ? line.columnSubSequence(0, this.size.getColumns())
				: line;
	}

	/** Moves the end of the scrolling region, and the region's content. */
	private void place(int newBottom) {
		if (!this.placed) {
			puts(Capability.cursor_invisible);
			lineFeeds(this.size.getRows() - 1 - newBottom);
		}
		else if (newBottom < this.bottom) {
			puts(Capability.cursor_address, this.bottom, 0);
			lineFeeds(this.bottom - newBottom);
		}
		if (!this.placed || newBottom != this.bottom) {
			puts(Capability.change_scroll_region, 0, newBottom);
			for (int row = this.bottom + 1; this.placed && row <= newBottom; row++) {
				clear(row);
			}
		}
		this.bottom = newBottom;
		this.placed = true;
	}

	private void lineFeeds(int count) {
		for (int i = 0; i < count; i++) {
			this.out.write('\n');
		}
	}

	private void puts(Capability capability, Object... parameters) {
		String text = this.terminal.getStringCapability(capability);
		if (text != null) {
			Curses.tputs(this.out, text, parameters);
		}
	}

	private void clear(int row) {
		puts(Capability.cursor_address, row, 0);
		puts(Capability.clr_eol);
	}

	/**
	 * Clears the terminal and prints the last lines again, because a terminal may move
	 * lines when its size changes.
	 */
	private void beginAnew() {
		this.size = size();
		puts(Capability.change_scroll_region, 0, this.size.getRows() - 1);
		puts(Capability.clear_screen);
		this.placed = false;
		List<AttributedString> last = new ArrayList<>(this.printed);
		last.subList(Math.max(0, last.size() - this.size.getRows()), last.size()).forEach(this::write);
	}

	private Size size() {
		Size now = this.terminal.getSize();
		return (now.getRows() > 0 && now.getColumns() > 0) ? Size.of(now.getColumns(), now.getRows()) : USUAL;
	}

	private synchronized void print(String text) {
		if (this.restored) {
			this.before.println(text);
			return;
		}
		AttributedString line = AttributedString.fromAnsi(text);
		this.printed.add(line);
		if (this.printed.size() > this.size.getRows()) {
			this.printed.remove();
		}
		write(line);
		this.out.flush();
	}

	private void write(AttributedString line) {
		if (this.placed) {
			puts(Capability.cursor_address, this.bottom, 0);
			this.out.write('\n');
		}
		this.out.write(line.toAnsi(this.terminal));
		if (!this.placed) {
			this.out.write("\r\n");
		}
	}

	/** Gives the whole terminal back, with the cursor below what stays visible. */
	private void giveBack() {
		if (this.placed) {
			puts(Capability.change_scroll_region, 0, this.size.getRows() - 1);
			puts(Capability.cursor_address, this.size.getRows() - 1, 0);
			this.out.write("\r\n");
			puts(Capability.cursor_normal);
			this.placed = false;
		}
		this.out.flush();
	}

	/** Gives the terminal back while an action runs. */
	synchronized void lend(Runnable meanwhile) {
		giveBack();
		meanwhile.run();
		sizeChanged();
	}

	private synchronized void restore() {
		if (!this.restored) {
			this.restored = true;
			System.setErr(this.before);
			giveBack();
		}
	}

	/**
	 * Restores the terminal. If the terminal accepts no output, as after Ctrl-S, the
	 * program still ends.
	 */
	private void end() {
		TerminalSignals.runInTime(() -> {
			this.lines.close();
			restore();
		});
	}

	@Override
	public void close() {
		end();
		try {
			Runtime.getRuntime().removeShutdownHook(this.hook);
			this.terminal.close();
		}
		catch (IllegalStateException | IOException ex) {
			// the JVM is shutting down, or the terminal is gone
		}
	}

}
