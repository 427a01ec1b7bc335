package io.eas.emulator.cli;

import java.io.IOException;

import org.jline.utils.Signals;

/**
 * Handles the signals that concern a terminal.
 */
final class TerminalSignals {

	/**
	 * The time for which the program, before it ends, waits for a terminal that accepts
	 * no output.
	 */
	private static final long PATIENCE_MILLIS = 1000;

	private TerminalSignals() {
	}

	/**
	 * Redraws a terminal when its size changes or the program is resumed. On Ctrl-Z, the
	 * terminal is given back and the program is stopped.
	 */
	static void register(LiveTerminal terminal) {
		Signals.register("WINCH", terminal::sizeChanged);
		Signals.register("CONT", terminal::sizeChanged);
		Signals.register("TSTP", () -> terminal.lend(TerminalSignals::stop));
	}

	/** Stops this program, and returns once the program is resumed. */
	private static void stop() {
		try {
			new ProcessBuilder("sh", "-c", "kill -STOP " + ProcessHandle.current().pid()).start().waitFor();
		}
		catch (IOException ex) {
			// there is no shell, so nobody waits for the terminal
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Runs an action that writes to a terminal, and waits at most one second for it,
	 * because a terminal may accept no output, as after Ctrl-S.
	 */
	static void runInTime(Runnable writing) {
		Thread thread = new Thread(writing, "eas-emulator-terminal-end");
		thread.setDaemon(true);
		thread.start();
		try {
			thread.join(PATIENCE_MILLIS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
