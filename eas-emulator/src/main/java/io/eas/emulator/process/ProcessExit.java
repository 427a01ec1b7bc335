package io.eas.emulator.process;

import java.util.concurrent.CompletableFuture;

/**
 * Waits for the end of processes, each on a thread of its own. {@link Process#onExit}
 * completes on the common pool, which may have one thread only, and that may be waiting
 * for this very process: from JDK 25 on asynchronous code of others runs there too,
 * however small the pool is.
 */
public final class ProcessExit {

	private ProcessExit() {
	}

	/**
	 * Waits for a process.
	 * @param process the process
	 * @return completes with it once it has ended, on a thread of its own
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
			// nobody knows of the thread
			exit.completeExceptionally(ex);
		}
	}

}
