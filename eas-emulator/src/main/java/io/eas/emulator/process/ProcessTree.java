package io.eas.emulator.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

	private static final Logger LOGGER = LoggerFactory.getLogger(ProcessTree.class);

	/** Holds the ids of all trees that a process is in, the innermost last. */
	private static final String MARK = "LOCAL_EAS_PROCESS";

	private static final Path PROC = Path.of("/proc");

	private static final boolean LINUX = Files.isReadable(PROC.resolve("self/environ"));

	/** The parent of what the kernel runs for itself. */
	private static final int KERNEL = 2;

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	/** So many looks that find nothing. */
	private static final int CERTAIN = 20;

	/**
	 * One at which nothing ended counts as much as so many others: what had ended before
	 * it was read may have been one of these, and have started another.
	 */
	private static final int COMPLETE = 10;

	private final String id = UUID.randomUUID().toString();

	private final @Nullable ProcessTree outer;

	private final Set<ProcessHandle> noted = ConcurrentHashMap.newKeySet();

	private volatile @Nullable ProcessHandle root;

	private volatile boolean closed;

	private volatile boolean ended;

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
	 * Takes note of the descendants: where nothing marks them, they can't be told once
	 * their parents have ended.
	 */
	void note() {
		ProcessHandle first = this.root;
		if (!LINUX && first != null) {
			first.descendants().forEach(this.noted::add);
		}
	}

	/**
	 * Kills all (SIGKILL), and what they start meanwhile, until none is left. Nothing can
	 * be started in this tree any more. Blocks for some milliseconds.
	 */
	public void kill() {
		synchronized (this) {
			this.closed = true;
		}
		note();
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		int empty = 0;
		Set<ProcessHandle> foreign = new HashSet<>();
		while (!this.ended) {
			Look look = killOnce(foreign);
			empty = look.killed.isEmpty() ? empty + (look.complete ? COMPLETE : 1) : 0;
			if (System.nanoTime() - deadline > 0) {
				LOGGER.warn("{} processes of an instance could not be killed: {}", look.killed.size(), look.killed);
				return;
			}
			// from now on its session's number may be another's
			this.ended = empty >= CERTAIN;
		}
	}

	/**
	 * The newest are the first: their parents are still there to be told by, and they may
	 * be about to start the next and end.
	 */
	private Look killOnce(Set<ProcessHandle> foreign) {
		Look look = new Look(foreign);
		Map<ProcessHandle, Long> others = new LinkedHashMap<>();
		for (long pid : newestFirst()) {
			ProcessHandle process = ProcessHandle.of(pid).orElse(null);
			// read after the handle was made, which doesn't kill who has got the number
			// since
			Stat stat = (process != null) ? Stat.of(process) : Stat.GONE;
			look.complete &= !stat.equals(Stat.GONE);
			if (process == null) {
				continue;
			}
			if (isOurs(process, stat, look)) {
				process.destroyForcibly();
				look.killed.add(pid);
			}
			else if (stat.runs()) {
				others.put(process, stat.parent());
			}
		}
		while (others.values().stream().anyMatch(look.killed::contains)) {
			List<ProcessHandle> children = others.keySet()
				.stream()
				.filter((each) -> look.killed.contains(others.get(each)))
				.toList();
			children.forEach(ProcessHandle::destroyForcibly);
			children.forEach((child) -> look.killed.add(child.pid()));
			others.keySet().removeAll(children);
		}
		return look;
	}

	private static List<Long> newestFirst() {
		String[] names = LINUX ? PROC.toFile().list((directory, name) -> Character.isDigit(name.charAt(0))) : null;
		Stream<Long> pids = (names != null) ? Stream.of(names).map(Long::valueOf)
				: ProcessHandle.allProcesses().map(ProcessHandle::pid);
		return pids.sorted(Comparator.reverseOrder()).toList();
	}

	private boolean isOurs(ProcessHandle process, Stat stat, Look look) {
		ProcessHandle first = this.root;
		boolean ours = process.equals(first) || this.noted.contains(process)
				|| (first != null && stat.session() == first.pid());
		return (ours && stat.runs()) || (LINUX && hasMark(process, stat, look));
	}

	private boolean hasMark(ProcessHandle process, Stat stat, Look look) {
		if (look.foreign.contains(process)) {
			return false;
		}
		try {
			byte[] environment = Files.readAllBytes(PROC.resolve(process.pid() + "/environ"));
			// empty in the middle of an exec or an exit, and always in the kernel's own
			look.complete &= environment.length > 0 || !stat.runs() || stat.parent() <= KERNEL;
			boolean marked = new String(environment, StandardCharsets.ISO_8859_1).contains(this.id);
			if (!marked && environment.length > 0) {
				look.foreign.add(process);
			}
			return marked;
		}
		catch (IOException ex) {
			return false; // gone, or another user's
		}
	}

	/**
	 * What one look at all processes found.
	 */
	private static final class Look {

		/**
		 * What isn't of this tree, and can't become so: nothing starts in it any more.
		 */
		private final Set<ProcessHandle> foreign;

		private final Set<Long> killed = new HashSet<>();

		private boolean complete = true;

		private Look(Set<ProcessHandle> foreign) {
			this.foreign = foreign;
		}

	}

	private interface Start {

		Process run() throws IOException;

	}

	/**
	 * What the system tells of a process.
	 *
	 * @param runs whether it has not ended, as a zombie too has
	 * @param parent the number of its parent
	 * @param session the number of its session; -1: not told
	 */
	private record Stat(boolean runs, long parent, long session) {

		private static final Stat GONE = new Stat(false, -1, -1);

		static Stat of(ProcessHandle process) {
			if (!LINUX) {
				return new Stat(process.isAlive(), process.parent().map(ProcessHandle::pid).orElse(-1L), -1);
			}
			try {
				String line = Files.readString(PROC.resolve(process.pid() + "/stat"), StandardCharsets.ISO_8859_1);
				// the name before it may hold anything
				String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", 5);
				return new Stat(!fields[0].matches("[ZX]"), Long.parseLong(fields[1]), Long.parseLong(fields[3]));
			}
			catch (IOException ex) {
				return GONE;
			}
		}

	}

}
