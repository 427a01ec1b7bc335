package io.eas.emulator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * Writes the output of all instances line by line, each line with the instance's name.
 * Thread-safe.
 */
final class InstanceOutput implements AutoCloseable {

	private final PrintWriter writer;

	private final boolean own;

	private final PrintWriter otherwise;

	private volatile boolean told;

	private InstanceOutput(PrintWriter writer, boolean own, PrintWriter otherwise) {
		this.writer = writer;
		this.own = own;
		this.otherwise = otherwise;
	}

	static InstanceOutput to(@Nullable Path file, PrintWriter otherwise) {
		return (file != null) ? new InstanceOutput(open(file), true, otherwise)
				: new InstanceOutput(otherwise, false, otherwise);
	}

	private static PrintWriter open(Path file) {
		try {
			return new PrintWriter(Files.newBufferedWriter(file), true);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("--log: cannot write to " + file + ": " + ex, ex);
		}
	}

	/**
	 * Writes a line. A line that can't be written is lost; only the first such line is
	 * reported.
	 */
	void accept(String instance, String line) {
		this.writer.println(instance + " | " + line);
		if (this.writer.checkError() && this.own && !this.told) {
			this.told = true;
			this.otherwise.println("eas-emulator: --log: the file can't be written to any more, and what the "
					+ "instances print is lost; is the disk full?");
			this.otherwise.flush();
		}
	}

	@Override
	public void close() {
		if (this.own) {
			this.writer.close();
		}
	}

}
