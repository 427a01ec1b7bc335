package io.eas.emulator.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Signals that Java has no method for, sent to a process with its descendants by the
 * {@code kill} command.
 */
final class Signals {

	private Signals() {
	}

	static void stop(Process process) {
		send("-STOP", process);
	}

	static void resume(Process process) {
		send("-CONT", process);
	}

	private static void send(String signal, Process process) {
		List<String> command = new ArrayList<>(List.of("kill", signal));
		Stream.concat(Stream.of(process.toHandle()), process.descendants())
			.map((handle) -> String.valueOf(handle.pid()))
			.forEach(command::add);
		try {
			Process kill = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.redirectError(ProcessBuilder.Redirect.DISCARD)
				.start();
			if (kill.waitFor() != 0 && process.isAlive()) {
				throw new IllegalStateException(String.join(" ", command) + " failed with " + kill.exitValue());
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot run " + String.join(" ", command), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted while sending " + signal, ex);
		}
	}

}
