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

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	/** Processes may come and go while the list is read. */
	private static final int EMPTY_LOOKS = 5;

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
		while (!this.ended) {
			Set<Long> found = killOnce();
			empty = found.isEmpty() ? empty + 1 : 0;
			if (System.nanoTime() - deadline > 0) {
				LOGGER.warn("{} processes of an instance could not be killed: {}", found.size(), found);
				return;
			}
			// from now on its session's number may be another's
			this.ended = empty == EMPTY_LOOKS;
		}
	}

	/**
	 * The newest are the first: their parents are still there to be told by, and they may
	 * be about to start the next and end.
	 */
	private Set<Long> killOnce() {
		Set<Long> found = new HashSet<>();
		Map<ProcessHandle, Long> others = new LinkedHashMap<>();
		for (ProcessHandle each : (Iterable<ProcessHandle>) newestFirst()::iterator) {
			// read after the handle was made, which doesn't kill who has got the number
			// since
			Stat stat = Stat.of(each);
			if (isOurs(each, stat)) {
				each.destroyForcibly();
				found.add(each.pid());
			}
			else if (stat.runs()) {
				others.put(each, stat.parent());
			}
		}
		while (others.values().stream().anyMatch(found::contains)) {
			List<ProcessHandle> children = others.keySet()
				.stream()
				.filter((each) -> found.contains(others.get(each)))
				.toList();
			children.forEach(ProcessHandle::destroyForcibly);
			children.forEach((child) -> found.add(child.pid()));
			others.keySet().removeAll(children);
		}
		return found;
	}

	private static Stream<ProcessHandle> newestFirst() {
		String[] names = LINUX ? PROC.toFile().list((directory, name) -> Character.isDigit(name.charAt(0))) : null;
		return (names == null) ? ProcessHandle.allProcesses()
				: Stream.of(names)
					.map(Long::valueOf)
					.sorted(Comparator.reverseOrder())
					.flatMap((pid) -> ProcessHandle.of(pid).stream());
	}

	private boolean isOurs(ProcessHandle process, Stat stat) {
		ProcessHandle first = this.root;
		boolean ours = process.equals(first) || this.noted.contains(process)
				|| (first != null && stat.session() == first.pid());
		return (ours && stat.runs()) || (LINUX && hasMark(process));
	}

	private boolean hasMark(ProcessHandle process) {
		try {
			byte[] environment = Files.readAllBytes(PROC.resolve(process.pid() + "/environ"));
			return new String(environment, StandardCharsets.ISO_8859_1).contains(this.id);
		}
		catch (IOException ex) {
			return false; // gone, or another user's
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
