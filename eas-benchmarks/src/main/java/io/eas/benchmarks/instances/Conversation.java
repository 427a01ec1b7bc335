package io.eas.benchmarks.instances;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A process with which this JVM communicates line by line, through the process's standard
 * streams. The process ends with this JVM at the latest. Not thread-safe.
 */
public final class Conversation implements AutoCloseable {

	/** The first line that a process prints, once it is ready. */
	public static final String READY = "ready";

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

	/**
	 * Starts a program with the class path of this JVM, without waiting until it is
	 * ready.
	 * @param jvm the options of the JVM
	 * @param program the main class
	 * @param arguments the command line
	 * @return the process, which may not be ready yet
	 * @throws IllegalStateException if the process can't be started
	 */
	public static Conversation start(List<String> jvm, Class<?> program, List<String> arguments) {
		return start(Path.of(System.getProperty("java.home")), jvm, program, arguments);
	}

	/**
	 * Starts a program with a class path of its own, without waiting until it is ready.
	 * @param jvm the options of the JVM
	 * @param classPath the class path
	 * @param program the main class
	 * @param arguments the command line
	 * @return the process, which may not be ready yet
	 * @throws IllegalStateException if the process can't be started
	 */
	public static Conversation start(List<String> jvm, String classPath, Class<?> program, List<String> arguments) {
		return start(List.of(), Path.of(System.getProperty("java.home")), jvm, classPath, program, arguments);
	}

	/**
	 * Starts a program with the class path of this JVM on another JDK, without waiting
	 * until it is ready.
	 * @param javaHome the home directory of the JDK
	 * @param jvm the options of the JVM
	 * @param program the main class
	 * @param arguments the command line
	 * @return the process, which may not be ready yet
	 * @throws IllegalStateException if the process can't be started
	 */
	public static Conversation start(Path javaHome, List<String> jvm, Class<?> program, List<String> arguments) {
		return start(List.of(), javaHome, jvm, program, arguments);
	}

	/**
	 * Starts a program with a prefix before its command line, such as
	 * {@code ip netns exec}.
	 */
	static Conversation start(List<String> prefix, Path javaHome, List<String> jvm, Class<?> program,
			List<String> arguments) {
		return start(prefix, javaHome, jvm, System.getProperty("java.class.path"), program, arguments);
	}

	private static Conversation start(List<String> prefix, Path javaHome, List<String> jvm, String classPath,
			Class<?> program, List<String> arguments) {
		List<String> command = new ArrayList<>(prefix);
		command.add(javaHome.resolve("bin").resolve("java").toString());
		command.addAll(jvm);
		command.addAll(List.of("-cp", classPath, program.getName()));
		command.addAll(arguments);
		try {
			return new Conversation(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
		}
		catch (IOException ex) {
			throw new IllegalStateException("a process can't be started: " + ex.getMessage(), ex);
		}
	}

	/**
	 * Waits until the process is ready.
	 * @throws IllegalStateException if the process ends first
	 */
	public void awaitReady() {
		expect(READY);
	}

	/**
	 * Sends a command and waits until it has been executed.
	 * @throws IllegalStateException if the process doesn't confirm the command
	 */
	void tell(String word) {
		say(word);
		expect(word);
	}

	/**
	 * Sends a line and waits for the answer.
	 * @param question the line
	 * @return the line with the answer
	 * @throws IllegalStateException if the process ends first
	 */
	public String ask(String question) {
		say(question);
		String answer = hear();
		if (answer == null) {
			kill();
			throw new IllegalStateException("a process has ended when it was asked: " + question);
		}
		return answer;
	}

	/**
	 * Waits for a line that the process writes.
	 * @return the line
	 * @throws IllegalStateException if the process ends first
	 */
	public String await() {
		String line = hear();
		if (line == null) {
			kill();
			throw new IllegalStateException("a process has ended without a word");
		}
		return line;
	}

	private void say(String line) {
		try {
			this.input.write(line + "\n");
			this.input.flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void expect(String word) {
		String line = hear();
		if (!word.equals(line)) {
			kill();
			throw new IllegalStateException("a process should have said " + word + ", but said " + line);
		}
	}

	private @Nullable String hear() {
		try {
			return this.output.readLine();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void send(Signal signal) {
		signal.send(this.process);
	}

	/** Kills the process and waits for its end. Has no effect the second time. */
	void kill() {
		this.process.destroyForcibly().onExit().join();
		try {
			Runtime.getRuntime().removeShutdownHook(this.hook);
		}
		catch (IllegalStateException ex) {
			// the JVM is shutting down, so the hook can't be removed
		}
	}

	/** Kills the process. */
	@Override
	public void close() {
		kill();
	}

}
