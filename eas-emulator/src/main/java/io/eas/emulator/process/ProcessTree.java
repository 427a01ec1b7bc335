package io.eas.emulator.process;

import java.io.File;
import java.io.IOException;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * A process and all that it has started, to be ended together. On Linux these are the
 * processes that inherited the mark in its environment or are in its session, and the
 * children of those: also what has left its parent, its session or its environment.
 * Elsewhere they are its descendants as far as they were noted. Thread-safe.
 *
 * <p>
 * Source: {@code proc(5)}.
 */
public final class ProcessTree {

	/** Holds the ids of all trees that a process is in, the innermost last. */
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
	 * An empty tree.
	 */
	public ProcessTree() {
		this(null);
	}

	private ProcessTree(@Nullable ProcessTree outer) {
		this.outer = outer;
	}

	/**
	 * An empty tree within this one, which ends with it.
	 * @return a tree that can be killed alone
	 */
	public ProcessTree branch() {
		return new ProcessTree(this);
	}

	String id() {
		return this.id;
	}

	/**
	 * Starts the process that the others descend from.
	 * @param builder gets the mark into its environment
	 * @return the process
	 * @throws IOException if it can't be started, or the tree has been killed
	 */
	public Process start(ProcessBuilder builder) throws IOException {
		builder.environment().put(MARK, marks());
		// as in a container: who reads comes to the end at once
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

	/** Under a lock: what starts before the tree is killed is found. */
	private synchronized Process startWithin(Start start) throws IOException {
		if (this.closed) {
			throw new IOException("the process it belongs to has ended");
		}
		return start.run();
	}

	/**
	 * Takes note of the descendants, often, where nothing marks them: they can't be told
	 * once their parents have ended.
	 */
	void note() {
		if (!Reaper.LINUX) {
			noteAll();
		}
	}

	/** Takes note of the descendants, before their parents are to end. */
	void noteAll() {
		ProcessHandle first = this.root;
		if (first != null) {
			first.descendants().forEach(this.noted::add);
		}
	}

	/**
	 * Kills all (SIGKILL), and what they start meanwhile, until none is left. Nothing can
	 * be started in this tree any more.
	 * @return completes when none is left, with {@code true}, or after 10 s with
	 * {@code false}; in either case on a thread that must not be blocked
	 */
	public CompletableFuture<Boolean> kill() {
		synchronized (this) {
			this.closed = true;
		}
		noteAll();
		CompletableFuture<Boolean> known = this.end;
		// once it has ended, its session's number may be another's
		if (known == null || (known.isDone() && !known.join())) {
			known = Reaper.INSTANCE.kill(this);
			this.end = known;
		}
		return known;
	}

	/**
	 * Whether a process belongs to it, or was started by what does.
	 * @param process the process, which runs
	 * @param session the number of its session
	 * @param environment what it found in its environment; empty where that isn't told
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
