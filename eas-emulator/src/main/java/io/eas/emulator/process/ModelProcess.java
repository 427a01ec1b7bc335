package io.eas.emulator.process;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running process that listens on a port of its own. Thread-safe; all methods but
 * {@link #port()} and {@link #pid()} may block for a moment.
 */
public final class ModelProcess {

	private static final int PACE_MILLIS = 25;

	private static final int LAST_OUTPUT_MILLIS = 500;

	private static final Duration KILLING = Duration.ofSeconds(15);

	private final String name;

	private final ProcessCommand command;

	private final int port;

	private final PortRewriter ports;

	private final ProcessTree tree;

	private final Process process;

	private final OutputReader output;

	/** Completes when the process has ended. */
	private final CompletableFuture<Process> exit;

	/** Completes when all processes that the process has started have ended too. */
	private final CompletableFuture<Void> ended;

	private volatile Duration lasted = Duration.ZERO;

	private ModelProcess(String name, ProcessCommand command, int port, PortRewriter ports, ProcessTree tree,
			Process process, Watchdog watchdog) {
		this.name = name;
		this.command = command;
		this.port = port;
		this.ports = ports;
		this.tree = tree;
		this.process = process;
		this.output = new OutputReader(name, process, sink(name, command));
		long begun = System.nanoTime();
		// in a container no process outlives the first one
		this.exit = ProcessExit.of(process).whenComplete((gone, ex) -> this.lasted = since(begun));
		this.ended = this.exit.thenCompose((gone) -> tree.kill()).thenAccept((all) -> {
			if (all) {
				watchdog.close();
			}
		});
	}

	/**
	 * Starts a process without waiting for it to be ready.
	 * @param name the name under which its output is logged
	 * @param command the command to start
	 * @param port the port to listen on
	 * @param others further ports to listen on, keyed by the ports that the command names
	 * @return the process
	 * @throws ProcessStartException if the program can't be started
	 */
	public static ModelProcess start(String name, ProcessCommand command, int port, Map<Integer, Integer> others) {
		PortRewriter ports = new PortRewriter(others);
		return start(name, command.withPorts(ports), port, ports);
	}

	private static ModelProcess start(String name, ProcessCommand command, int port, PortRewriter ports) {
		ProcessBuilder builder = command.builder(port);
		ProcessTree tree = new ProcessTree();
		Watchdog watchdog = Watchdog.over(tree);
		try {
			Process process = tree.start(builder);
			watchdog.guard(process);
			ModelProcess started = new ModelProcess(name, command, port, ports, tree, process, watchdog);
			started.output.start();
			return started;
		}
		catch (IOException ex) {
			watchdog.close();
			throw new ProcessStartException(name + ": cannot start " + command + ": " + ex.getMessage(), ex);
		}
	}

	private static Duration since(long begun) {
		return Duration.ofNanos(System.nanoTime() - begun);
	}

	private static Consumer<String> sink(String name, ProcessCommand command) {
		Consumer<String> sink = command.output();
		if (sink != null) {
			return sink;
		}
		Logger logger = LoggerFactory.getLogger("io.eas.emulator.instance." + name);
		return logger::info;
	}

	/**
	 * Waits until the process is ready, as defined by its command.
	 * @throws ProcessStartException if the process ends first, or if the start timeout
	 * expires, in which case the process keeps running
	 */
	public void awaitReady() {
		ReadyCheck check = new ReadyCheck(this.port, this.command.readyPath());
		long deadline = System.nanoTime() + this.command.startTimeout().toNanos();
		try {
			@Nullable String refusal = check.refusal();
			while (refusal != null) {
				if (this.process.waitFor(PACE_MILLIS, TimeUnit.MILLISECONDS)) {
					throw failure("exited with code " + this.process.exitValue() + " before it was ready", true);
				}
				if (System.nanoTime() - deadline > 0) {
					throw failure(
							"was not ready within " + this.command.startTimeout() + " (" + refusal + otherPorts() + ")",
							false);
				}
				refusal = check.refusal();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new ProcessStartException(this.name + ": interrupted while waiting for " + this.command, ex);
		}
	}

	private ProcessStartException failure(String what, boolean ended) throws InterruptedException {
		return new ProcessStartException(this.name + ": " + this.command + " " + what + "; last output: "
				+ this.output.lastLines(ended ? LAST_OUTPUT_MILLIS : 1));
	}

	/**
	 * Returns the port on which the process was told to listen.
	 * @return a TCP port of the loopback address
	 */
	public int port() {
		return this.port;
	}

	/**
	 * Returns the mapping from the ports that the descriptor names to those of this
	 * process.
	 * @param container the port of the container, which {@link #port()} replaces
	 * @return the mapping
	 */
	public PortRewriter ports(int container) {
		Map<Integer, Integer> all = new HashMap<>(this.ports.ports());
		all.put(container, this.port);
		return new PortRewriter(all);
	}

	/**
	 * Returns the environment variables of the process, in addition to those of this JVM.
	 * @return names with values
	 */
	public Map<String, String> environment() {
		return this.command.environment(this.port);
	}

	/**
	 * Returns the id of the process.
	 * @return the id that the operating system assigned
	 */
	public long pid() {
		return this.process.pid();
	}

	/**
	 * Returns whether the process still runs.
	 * @return {@code false} once it has ended
	 */
	public boolean isAlive() {
		return this.process.isAlive();
	}

	/** Returns how long the process ran; zero until it has ended. */
	Duration lasted() {
		return this.lasted;
	}

	int exitCode() {
		if (this.process.isAlive()) {
			throw new IllegalStateException(this.name + " runs");
		}
		return this.process.exitValue();
	}

	/**
	 * Returns the last lines of the output, joined to one line. Waits briefly for the
	 * output to end.
	 * @return the last lines
	 */
	public String lastOutput() {
		try {
			return this.output.lastLines(LAST_OUTPUT_MILLIS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return "(no output)";
		}
	}

	/**
	 * Returns whether a process listens on the port.
	 * @return {@code true} if a connection could be made
	 */
	public boolean isListening() {
		return new ReadyCheck(this.port, null).refusal() == null;
	}

	/**
	 * Describes the ports on which the process listens instead of {@link #port()}. This
	 * reveals a command with a fixed port, which would never become ready. Works on Linux
	 * only.
	 * @return a text to append to the message about a refused connection; empty if the
	 * process listens on {@link #port()} or on no port
	 */
	public String otherPorts() {
		return ListeningPorts.insteadOf(this.port, this.process.toHandle());
	}

	/**
	 * Runs an action after the end of the process.
	 * @param action the action, which may run while processes that the process has
	 * started still run; on a thread of its own, or on the caller's thread if the process
	 * has already ended
	 */
	@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it
	public void onExit(Runnable action) {
		this.exit.thenRun(action);
	}

	/**
	 * Runs an action after the end of the process and of all processes that it has
	 * started.
	 * @param action the action; run on a thread of its own, or on the caller's thread if
	 * all processes have already ended
	 */
	@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it
	public void onEndOfAll(Runnable action) {
		this.ended.thenRun(action);
	}

	/** Suspends the process and its descendants (SIGSTOP). */
	public void freeze() {
		Signals.stop(this.process);
	}

	/** Resumes the process and its descendants (SIGCONT). */
	public void thaw() {
		Signals.resume(this.process);
	}

	/**
	 * Kills the process and all processes that it has started (SIGKILL), and waits until
	 * they have ended.
	 */
	public void kill() {
		killLater();
		awaitExit(KILLING);
	}

	/**
	 * Kills the process and all processes that it has started (SIGKILL), without waiting.
	 */
	@SuppressWarnings("FutureReturnValueIgnored") // the end is observed elsewhere
	public void killLater() {
		this.tree.kill();
	}

	/** Sends SIGTERM to the process alone, as EAS does, without waiting. */
	public void askToEnd() {
		this.tree.noteAll();
		// Process#destroy would close the output before its last lines were read
		this.process.toHandle().destroy();
	}

	/**
	 * Records the descendants of the process, so that {@link #kill()} finds them. Does
	 * nothing on Linux, where they are found without a record.
	 */
	public void remember() {
		this.tree.note();
	}

	/**
	 * Returns a process tree for a program that is started beside the process, like a
	 * program in the same container.
	 * @return a tree that ends with the process at the latest
	 */
	public ProcessTree branch() {
		return this.tree.branch();
	}

	/**
	 * Waits for the end of the process after {@link #askToEnd()}, then kills the
	 * processes that are left.
	 * @param grace how long the process may take to end by itself
	 */
	public void awaitEnd(Duration grace) {
		awaitExit(grace);
		kill();
	}

	private void awaitExit(Duration timeout) {
		try {
			this.ended.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException ex) {
			// the process still runs, and the caller decides whether it is killed
		}
	}

}
