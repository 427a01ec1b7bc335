package io.eas.emulator.process;

import java.io.File;
import java.io.IOException;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * A process and all processes that it has started, to be ended together. On Linux, these
 * are the processes that have inherited a mark from the first process's environment or
 * are in its session, and the children of these processes. Therefore a process is also
 * found if it has lost its parent, left the session or overwritten its environment. On
 * other systems they are the descendants that have been recorded. Thread-safe.
 *
 * <p>
 * Source: {@code proc(5)}.
 */
public final class ProcessTree {

	/**
	 * The environment variable with the ids of all trees that a process belongs to, the
	 * innermost last.
	 */
	private static final String MARK = "LOCAL_EAS_PROCESS";

	private static final File NOTHING = new File(
			System.getProperty("os.name").startsWith("Windows") ? "NUL" : "/dev/null");

	private final String id = UUID.randomUUID().toString();

	private final @Nullable ProcessTree outer;

	private final Set<ProcessHandle> noted = ConcurrentHashMap.newKeySet();

	private volatile @Nullable ProcessHandle root;

	private boolean closed;

	private volatile @Nullable CompletableFuture<Boolean> end;

	/**
	 * Creates an empty tree.
	 */
	public ProcessTree() {
		this(null);
	}

	private ProcessTree(@Nullable ProcessTree outer) {
		this.outer = outer;
	}

	/**
	 * Returns an empty subtree of this tree, which ends together with this tree.
	 * @return a tree that can be killed alone
	 */
	public ProcessTree branch() {
		return new ProcessTree(this);
	}

	String id() {
		return this.id;
	}

	/**
	 * Starts the process from which all other processes descend.
	 * @param builder the builder, whose environment gets the mark
	 * @return the process
	 * @throws IOException if the process can't be started, or the tree has been killed
	 */
	public Process start(ProcessBuilder builder) throws IOException {
		builder.environment().put(MARK, marks());
		// as in a container: reading the standard input returns its end at once
		builder.redirectInput(NOTHING);
		ProcessTree around = this.outer;
		Process started = (around != null) ? around.startWithin(() -> startWithin(builder::start))
				: startWithin(builder::start);
		this.root = started.toHandle();
		return started;
	}

	private String marks() {
		String around = (this.outer != null) ? this.outer.marks() : System.getenv(MARK);
		return (around != null) ? around + '/' + this.id : this.id;
	}

	/**
	 * Starts a process under a lock, so that {@link #kill()} finds each process that was
	 * started before it.
	 */
	private synchronized Process startWithin(Start start) throws IOException {
		if (this.closed) {
			throw new IOException("the process it belongs to has ended");
		}
		return start.run();
	}

	/**
	 * Records the descendants on systems other than Linux, where the mark can't be read.
	 * Called often, because descendants can't be recognized once their parents have
	 * ended.
	 */
	void note() {
		if (!Reaper.LINUX) {
			noteAll();
		}
	}

	/** Records the descendants, before their parents are ended. */
	void noteAll() {
		ProcessHandle first = this.root;
		if (first != null) {
			first.descendants().forEach(this.noted::add);
		}
	}

	/**
	 * Kills all processes (SIGKILL), including those that they start meanwhile, until
	 * none is left. From then on nothing can be started in this tree.
	 * @return completes with {@code true} when no process is left, or with {@code false}
	 * after 10 s; in either case on a thread that must not be blocked
	 */
	public CompletableFuture<Boolean> kill() {
		synchronized (this) {
			this.closed = true;
		}
		noteAll();
		CompletableFuture<Boolean> known = this.end;
		// a tree that has ended isn't killed again: its session number may be reused
		if (known == null || (known.isDone() && !known.join())) {
			known = Reaper.INSTANCE.kill(this);
			this.end = known;
		}
		return known;
	}

	/**
	 * Returns whether a process belongs to this tree or was started by a process that
	 * does.
	 * @param process the process, which runs
	 * @param session the number of its session
	 * @param environment its environment; empty if unknown
	 */
	boolean has(ProcessHandle process, long session, String environment) {
		ProcessHandle first = this.root;
		return process.equals(first) || this.noted.contains(process) || (first != null && session == first.pid())
				|| environment.contains(this.id);
	}

	private interface Start {

		Process run() throws IOException;

	}

}
