package io.eas.emulator.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a process's output line by line, on a daemon thread that ends with the output.
 */
final class OutputReader {

	private static final Logger LOGGER = LoggerFactory.getLogger(OutputReader.class);

	private static final int REMEMBERED = 10;

	/**
	 * The longest line, in characters. A longer line is split, because a program may
	 * never end its line.
	 */
	private static final int LONGEST = 16 * 1024;

	private final Deque<String> lastLines = new ArrayDeque<>();

	private final BufferedReader output;

	private final Consumer<String> sink;

	private final Thread thread;

	private boolean sinkFails;

	OutputReader(String name, Process process, Consumer<String> sink) {
		this.output = process.inputReader();
		this.sink = sink;
		this.thread = new Thread(this::read, "eas-emulator-output-" + name);
		this.thread.setDaemon(true);
	}

	void start() {
		this.thread.start();
	}

	private void read() {
		try (BufferedReader reader = this.output) {
			StringBuilder line = new StringBuilder();
			int last = '\n';
			for (int next = reader.read(); next >= 0; next = reader.read()) {
				if (next == '\r' || (next == '\n' && last != '\r')) {
					acceptAll(line);
				}
				else if (next != '\n') {
					if (line.length() == LONGEST) {
						acceptAll(line);
					}
					line.append((char) next);
				}
				last = next;
			}
			if (!line.isEmpty()) {
				acceptAll(line);
			}
		}
		catch (IOException ex) {
			accept("(output ended: " + ex.getMessage() + ")");
		}
	}

	private void acceptAll(StringBuilder line) {
		accept(line.toString());
		line.setLength(0);
	}

	private void accept(String line) {
		synchronized (this.lastLines) {
			if (this.lastLines.size() == REMEMBERED) {
				this.lastLines.removeFirst();
			}
			this.lastLines.addLast(line);
		}
		try {
			this.sink.accept(line);
			this.sinkFails = false;
		}
		catch (RuntimeException | Error ex) {
			// goes on reading, because a process whose output nobody reads would block
			if (!this.sinkFails) {
				this.sinkFails = true;
				LOGGER.warn(
						"The consumer of a process's output failed; further failures are not logged until it accepts a line again",
						ex);
			}
		}
	}

	/** Returns the last lines, once the output has ended or the time is over. */
	String lastLines(long millis) throws InterruptedException {
		this.thread.join(millis);
		synchronized (this.lastLines) {
			return this.lastLines.isEmpty() ? "(no output)" : String.join(" | ", this.lastLines);
		}
	}

}
