package io.eas.emulator.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Sends a process and its descendants the signals for which Java has no method, by the
 * {@code kill} command of a shell.
 */
final class Signals {

	/**
	 * The script, which fails only if the first process can't be signalled: the other
	 * processes may have ended since they were listed.
	 */
	private static final String SCRIPT = """
			kill "$1" "$2" || exit
			signal=$1
			shift 2
			for pid; do kill "$signal" "$pid"; done
			exit 0
			""";

	private Signals() {
	}

	static void stop(Process process) {
		send("-STOP", process.toHandle(), process.descendants());
	}

	static void resume(Process process) {
		send("-CONT", process.toHandle(), process.descendants());
	}

	static void send(String signal, ProcessHandle root, Stream<ProcessHandle> descendants) {
		List<String> command = new ArrayList<>(List.of("sh", "-c", SCRIPT, "kill", signal));
		Stream.concat(Stream.of(root), descendants).map((handle) -> String.valueOf(handle.pid())).forEach(command::add);
		int status = run(command);
		if (status != 0 && root.isAlive()) {
			throw new IllegalStateException("kill " + signal + " " + root.pid() + " failed with " + status);
		}
	}

	private static int run(List<String> command) {
		try {
			Process shell = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.redirectError(ProcessBuilder.Redirect.DISCARD)
				.start();
			// not interruptible: otherwise this signal could arrive after the next one
			return ProcessExit.of(shell).join().exitValue();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot run a shell to send signals: " + ex.getMessage(), ex);
		}
	}

}
