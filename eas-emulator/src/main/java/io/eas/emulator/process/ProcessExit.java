package io.eas.emulator.process;

import java.util.concurrent.CompletableFuture;

/**
 * Waits for the end of processes, each on a thread of its own. {@link Process#onExit}
 * isn't used, because it completes on the common pool. The pool may have only a single
 * thread, which may itself be waiting for the same process: from JDK 25 on, other
 * asynchronous code also runs on the common pool, however small the pool is.
 */
public final class ProcessExit {

	private ProcessExit() {
	}

	/**
	 * Returns a future for the end of a process.
	 * @param process the process
	 * @return a future that completes on a thread of its own once the process has ended
	 */
	public static CompletableFuture<Process> of(Process process) {
		CompletableFuture<Process> exit = new CompletableFuture<>();
		Thread thread = new Thread(() -> await(process, exit), "eas-emulator-exit-" + process.pid());
		thread.setDaemon(true);
		thread.start();
		return exit;
	}

	private static void await(Process process, CompletableFuture<Process> exit) {
		try {
			process.waitFor();
			exit.complete(process);
		}
		catch (InterruptedException ex) {
			// can't happen: no other code knows this thread
			exit.completeExceptionally(ex);
		}
	}

}
