package io.eas.emulator.cli;

import java.io.IOException;

import org.jline.utils.Signals;

/**
 * What becomes of a terminal at signals.
 */
final class TerminalSignals {

	/** How long the end of a program waits for a terminal that takes no output. */
	private static final long PATIENCE_MILLIS = 1000;

	private TerminalSignals() {
	}

	/**
	 * Has a terminal drawn anew when it has another size, or the program goes on. Ctrl-Z
	 * gives the terminal back and stops the program.
	 */
	static void register(LiveTerminal terminal) {
		Signals.register("WINCH", terminal::sizeChanged);
		Signals.register("CONT", terminal::sizeChanged);
		Signals.register("TSTP", () -> terminal.lend(TerminalSignals::stop));
	}

	/** Stops this program. Returns once it goes on. */
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
	 * Runs what writes to a terminal, and waits for it for a second at most, since a
	 * terminal may take no output, as after Ctrl-S.
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
