package io.eas.benchmarks.instances;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A process that is talked to through its standard streams, a line each way. Ends with
 * this JVM at the latest. Not thread-safe.
 */
final class Conversation {

	private final Process process;

	private final BufferedReader output;

	private final Writer input;

	private final Thread hook;

	private Conversation(Process process) {
		this.process = process;
		this.output = process.inputReader(StandardCharsets.UTF_8);
		this.input = process.outputWriter(StandardCharsets.UTF_8);
		this.hook = new Thread(process::destroyForcibly);
		Runtime.getRuntime().addShutdownHook(this.hook);
	}

	static Conversation start(List<String> command) {
		try {
			return new Conversation(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
		}
		catch (IOException ex) {
			throw new IllegalStateException("an instance can't be started: " + ex.getMessage(), ex);
		}
	}

	/**
	 * Waits for the word that it serves.
	 * @throws IllegalStateException if it ends instead
	 */
	void awaitReady() {
		expect(EchoServer.READY);
	}

	/**
	 * Says a word and waits until it has been obeyed.
	 * @throws IllegalStateException if it isn't
	 */
	void tell(String word) {
		try {
			this.input.write(word + "\n");
			this.input.flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		expect(word);
	}

	private void expect(String word) {
		try {
			String line = this.output.readLine();
			if (!word.equals(line)) {
				kill();
				throw new IllegalStateException("an instance should have said " + word + ", but said " + line);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void send(Signal signal) {
		signal.send(this.process);
	}

	/** Kills it and waits for its end. Does nothing the second time. */
	void kill() {
		this.process.destroyForcibly().onExit().join();
		try {
			Runtime.getRuntime().removeShutdownHook(this.hook);
		}
		catch (IllegalStateException ex) {
			// the JVM is ending, and has killed it too
		}
	}

}
