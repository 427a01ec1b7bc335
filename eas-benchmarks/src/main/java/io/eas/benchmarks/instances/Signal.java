package io.eas.benchmarks.instances;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Signals for which Java has no method, sent by the {@code kill} that is built into every
 * shell.
 */
enum Signal {

	/** SIGSTOP. */
	STOP,

	/** SIGCONT. */
	CONT;

	/**
	 * Sends the signal and waits until it is sent.
	 * @throws IllegalStateException if the signal can't be sent
	 */
	void send(Process process) {
		try {
			Process shell = new ProcessBuilder("sh", "-c", "kill \"$0\" \"$1\"", "-" + name(),
					String.valueOf(process.pid()))
				.inheritIO()
				.start();
			int status = shell.onExit().join().exitValue();
			if (status != 0) {
				throw new IllegalStateException("kill -" + name() + " " + process.pid() + " failed with " + status);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("a shell can't be started to send signals: " + ex.getMessage(), ex);
		}
	}

}
