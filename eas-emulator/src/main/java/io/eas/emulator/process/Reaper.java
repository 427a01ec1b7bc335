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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kills process trees (SIGKILL), including processes that they start meanwhile, until
 * nothing is left. To do so, it repeatedly scans all processes of this machine, one scan
 * for all trees that are to end. Its thread lives as long as there is such a tree.
 * Thread-safe.
 *
 * <p>
 * Source: {@code proc(5)}.
 */
final class Reaper {

	private static final Logger LOGGER = LoggerFactory.getLogger(Reaper.class);

	/** The single instance of this JVM, because there is only one table of processes. */
	static final Reaper INSTANCE = new Reaper();

	static final Path PROC = Path.of("/proc");

	static final boolean LINUX = Files.isReadable(PROC.resolve("self/environ"));

	/** The id of the parent process of kernel threads. */
	private static final int KERNEL = 2;

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final int PAUSE_MILLIS = 2;

	/**
	 * The number of scans without a process of a tree after which the tree has certainly
	 * ended.
	 */
	private static final int CERTAIN = 20;

	/**
	 * A scan during which no process ended counts as this number of scans. In any other
	 * scan, a process that ended before it was read may have belonged to the tree and may
	 * have started another process.
	 */
	private static final int COMPLETE = 10;

	/** The trees that are to end. */
	private final Map<ProcessTree, Dying> dying = new LinkedHashMap<>();

	/**
	 * The processes without an environment at the last scan; used by the reaper's thread
	 * only.
	 */
	private Set<ProcessHandle> bare = Set.of();

	private boolean running;

	private Reaper() {
	}

	/**
	 * Kills a tree in which nothing is started any more.
	 * @param tree the tree
	 * @return completes with {@code true} when nothing is left of the tree, or with
	 * {@code false} after 10 s; calls until then return the same future
	 */
	synchronized CompletableFuture<Boolean> kill(ProcessTree tree) {
		Dying added = this.dying.computeIfAbsent(tree, (first) -> new Dying(System.nanoTime() + PATIENCE.toNanos()));
		if (!this.running) {
			this.running = true;
			Thread thread = new Thread(this::run, "eas-emulator-reaper");
			thread.setDaemon(true);
			thread.start();
		}
		return added.end;
	}

	private void run() {
		Map<ProcessTree, Dying> now = next();
		while (!now.isEmpty()) {
			try {
				look(now);
			}
			catch (RuntimeException | Error ex) {
				LOGGER.error("Scanning the processes failed; trying again", ex);
			}
			now.forEach(this::conclude);
			pause();
			now = next();
		}
	}

	private synchronized Map<ProcessTree, Dying> next() {
		this.running = !this.dying.isEmpty();
		return new LinkedHashMap<>(this.dying);
	}

	private static void pause() {
		try {
			TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
		}
		catch (InterruptedException ex) {
			// can't happen: no other code knows this thread
		}
	}

	private void conclude(ProcessTree tree, Dying state) {
		boolean late = System.nanoTime() - state.deadline > 0;
		if (late || state.empty >= CERTAIN) {
			if (!state.killed.isEmpty()) {
				LOGGER.warn("{} processes of an instance could not be killed: {}", state.killed.size(), state.killed);
			}
			synchronized (this) {
				this.dying.remove(tree);
			}
			state.end.complete(state.killed.isEmpty());
		}
	}

	/**
	 * Scans all processes, the newest first, for two reasons: the parents of the newest
	 * processes still run, so that these processes can be recognized by their parents;
	 * and a new process may be about to start another process and to end.
	 */
	private void look(Map<ProcessTree, Dying> trees) {
		boolean complete = true;
		Set<ProcessHandle> bareNow = new HashSet<>();
		Map<ProcessHandle, Stat> others = new LinkedHashMap<>();
		trees.values().forEach((state) -> state.killed = new HashSet<>());
		for (long pid : newestFirst()) {
			ProcessHandle process = ProcessHandle.of(pid).orElse(null);
			// read after the handle was created: the handle never kills another process
			// that has got the same number in the meantime
			Stat stat = (process != null) ? Stat.of(process) : Stat.GONE;
			complete &= !stat.equals(Stat.GONE);
			if (process == null || !stat.runs()) {
				continue;
			}
			String environment = environment(process);
			if (environment.isEmpty() && stat.parent() > KERNEL) {
				// in the middle of an exec or an exit; some processes never have an
				// environment
				bareNow.add(process);
				complete &= this.bare.contains(process);
			}
			if (!killIfOf(trees, process, stat, environment)) {
				others.put(process, stat);
			}
		}
		this.bare = bareNow;
		trees.values().forEach((state) -> killChildren(others, state.killed));
		for (Dying state : trees.values()) {
			state.empty = state.killed.isEmpty() ? state.empty + (complete ? COMPLETE : 1) : 0;
		}
	}

	private static boolean killIfOf(Map<ProcessTree, Dying> trees, ProcessHandle process, Stat stat,
			String environment) {
		for (Map.Entry<ProcessTree, Dying> tree : trees.entrySet()) {
			if (tree.getKey().has(process, stat.session(), environment)) {
				process.destroyForcibly();
				tree.getValue().killed.add(process.pid());
				return true;
			}
		}
		return false;
	}

	private static void killChildren(Map<ProcessHandle, Stat> others, Set<Long> killed) {
		boolean more = !killed.isEmpty();
		while (more) {
			List<ProcessHandle> children = others.entrySet()
				.stream()
				.filter((each) -> killed.contains(each.getValue().parent()))
				.map(Map.Entry::getKey)
				.toList();
			children.forEach((child) -> {
				child.destroyForcibly();
				killed.add(child.pid());
			});
			others.keySet().removeAll(children);
			more = !children.isEmpty();
		}
	}

	private static List<Long> newestFirst() {
		String[] names = LINUX ? PROC.toFile().list((directory, name) -> Character.isDigit(name.charAt(0))) : null;
		Stream<Long> pids = (names != null) ? Stream.of(names).map(Long::valueOf)
				: ProcessHandle.allProcesses().map(ProcessHandle::pid);
		return pids.sorted(Comparator.reverseOrder()).toList();
	}

	/**
	 * Returns the environment of a process; empty also if it can't be read because the
	 * process has ended or belongs to another user.
	 */
	private static String environment(ProcessHandle process) {
		try {
			return LINUX ? Files.readString(PROC.resolve(process.pid() + "/environ"), StandardCharsets.ISO_8859_1) : "";
		}
		catch (IOException ex) {
			return "";
		}
	}

	/** The progress of ending one tree. */
	private static final class Dying {

		private final long deadline;

		private final CompletableFuture<Boolean> end = new CompletableFuture<>();

		private int empty;

		/** The processes that the last scan killed. */
		private Set<Long> killed = Set.of();

		private Dying(long deadline) {
			this.deadline = deadline;
		}

	}

	/**
	 * The state of a process according to the system.
	 *
	 * @param runs whether the process runs; a zombie doesn't
	 * @param parent the number of its parent
	 * @param session the number of its session; -1 if unknown
	 */
	private record Stat(boolean runs, long parent, long session) {

		private static final Stat GONE = new Stat(false, -1, -1);

		static Stat of(ProcessHandle process) {
			if (!LINUX) {
				return new Stat(process.isAlive(), process.parent().map(ProcessHandle::pid).orElse(-1L), -1);
			}
			try {
				String line = Files.readString(PROC.resolve(process.pid() + "/stat"), StandardCharsets.ISO_8859_1);
				// the program's name in parentheses may contain any character
				String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", 5);
				return new Stat(!fields[0].matches("[ZX]"), Long.parseLong(fields[1]), Long.parseLong(fields[3]));
			}
			catch (IOException ex) {
				return GONE;
			}
		}

	}

}
