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

	/** The process has ended. */
	private final CompletableFuture<Process> exit;

	/** All that it has started has ended too. */
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
		// in a container none outlives the first process
		this.exit = ProcessExit.of(process).whenComplete((gone, ex) -> this.lasted = since(begun));
		this.ended = this.exit.thenCompose((gone) -> tree.kill()).thenAccept((all) -> {
			if (all) {
				watchdog.close();
			}
		});
	}

	/**
	 * Starts a process without waiting for it to be ready.
	 * @param name what its output is logged under
	 * @param command what to start
	 * @param port the port it shall listen on
	 * @param others the ports it shall listen on beside, instead of those that its
	 * command names
	 * @return the process
	 * @throws ProcessStartException if there is no such program
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
	 * Waits until the process is ready as its command says.
	 * @throws ProcessStartException if it ends before, or the start timeout passes; the
	 * process is left as it is
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
	 * The port it was told to listen on.
	 * @return a TCP port of the loopback address
	 */
	public int port() {
		return this.port;
	}

	/**
	 * The port that it listens on instead of one that its descriptor names.
	 * @param container the port of the container, in whose place {@link #port()} is
	 * @return which instead of which
	 */
	public PortRewriter ports(int container) {
		Map<Integer, Integer> all = new HashMap<>(this.ports.ports());
		all.put(container, this.port);
		return new PortRewriter(all);
	}

	/**
	 * What it finds in its environment beside what this JVM has in its own.
	 * @return names with values
	 */
	public Map<String, String> environment() {
		return this.command.environment(this.port);
	}

	/**
	 * The process's id.
	 * @return the id the operating system gave it
	 */
	public long pid() {
		return this.process.pid();
	}

	/**
	 * Whether it still runs.
	 * @return {@code false} once it has ended
	 */
	public boolean isAlive() {
		return this.process.isAlive();
	}

	/** How long it ran; zero until it has ended. */
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
	 * What it printed last.
	 * @return the last lines on one; waits a moment for the output to end
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
	 * Whether somebody listens on its port.
	 * @return {@code true} if a connection could be made
	 */
	public boolean isListening() {
		return new ReadyCheck(this.port, null).refusal() == null;
	}

	/**
	 * Says where it listens instead, if it listens anywhere but on its port: a command
	 * that has a port of its own would else be waited for in vain. Found on Linux only.
	 * @return what to add to a refused connection; empty where it listens nowhere else
	 */
	public String otherPorts() {
		return ListeningPorts.insteadOf(this.port, this.process.toHandle());
	}

	/**
	 * Watches for the end of the process.
	 * @param action what to do when the process has ended; what it has started may still
	 * run. On a thread of its own, or on the caller's if the process has ended already
	 */
	@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for what follows the end
	public void onExit(Runnable action) {
		this.exit.thenRun(action);
	}

	/**
	 * Watches for the end of all.
	 * @param action what to do when the process has ended, and all that it has started;
	 * on a thread of its own, or on the caller's if that is so already
	 */
	@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for what follows the end
	public void onEndOfAll(Runnable action) {
		this.ended.thenRun(action);
	}

	/** Stops it where it is (SIGSTOP), descendants too. */
	public void freeze() {
		Signals.stop(this.process);
	}

	/** Lets it go on (SIGCONT), descendants too. */
	public void thaw() {
		Signals.resume(this.process);
	}

	/**
	 * Kills it with all that it has started (SIGKILL) and waits until they have ended.
	 */
	public void kill() {
		killLater();
		awaitExit(KILLING);
	}

	/** Kills it with all that it has started (SIGKILL), and doesn't wait. */
	@SuppressWarnings("FutureReturnValueIgnored") // the end of all tells
	public void killLater() {
		this.tree.kill();
	}

	/** Asks it alone to end (SIGTERM), as EAS does, and doesn't wait. */
	public void askToEnd() {
		this.tree.noteAll();
		// unlike the process, its handle leaves the output open for what comes last
		this.process.toHandle().destroy();
	}

	/**
	 * Takes note of its descendants where Linux doesn't tell them later.
	 */
	public void remember() {
		this.tree.note();
	}

	/**
	 * For a program that is started beside it, as in its container.
	 * @return ends with the process if not before
	 */
	public ProcessTree branch() {
		return this.tree.branch();
	}

	/**
	 * Waits for the end after {@link #askToEnd()}, and kills what is left after that.
	 * @param grace how long it may take to end by itself
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
			// it still runs, and is killed or left, as the caller has said
		}
	}

}
