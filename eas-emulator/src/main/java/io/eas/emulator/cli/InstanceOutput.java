package io.eas.emulator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * Where the output of instances goes, a line each, marked with its instance. Thread-safe.
 */
final class InstanceOutput implements AutoCloseable {

	private final PrintWriter writer;

	private final boolean own;

	private InstanceOutput(PrintWriter writer, boolean own) {
		this.writer = writer;
		this.own = own;
	}

	static InstanceOutput to(@Nullable Path file, PrintWriter otherwise) {
		return (file != null) ? new InstanceOutput(open(file), true) : new InstanceOutput(otherwise, false);
	}

	private static PrintWriter open(Path file) {
		try {
			return new PrintWriter(Files.newBufferedWriter(file), true);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("--log: cannot write to " + file + ": " + ex, ex);
		}
	}

	void accept(String instance, String line) {
		this.writer.println(instance + " | " + line);
		this.writer.flush();
	}

	@Override
	public void close() {
		if (this.own) {
			this.writer.close();
		}
	}

}
