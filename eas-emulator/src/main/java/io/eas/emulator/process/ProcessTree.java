package io.eas.emulator.process;

import java.util.List;
import java.util.stream.Stream;

/**
 * A process with all its descendants.
 */
public final class ProcessTree {

	private ProcessTree() {
	}

	/**
	 * Kills all of them (SIGKILL) and doesn't wait. The root goes first, so that it can't
	 * start any more.
	 * @param root the process they descend from; if it has ended, nobody knows its
	 * descendants any more
	 */
	public static void kill(ProcessHandle root) {
		// listed before the root dies: then they are somebody else's children
		List<ProcessHandle> tree = Stream.concat(Stream.of(root), root.descendants()).toList();
		tree.forEach(ProcessHandle::destroyForcibly);
	}

}
