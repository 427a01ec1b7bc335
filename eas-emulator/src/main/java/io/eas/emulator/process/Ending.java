package io.eas.emulator.process;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The end of a process, or the failure to start it.
 *
 * @param how how the process ended, such as {@code exit code 3}
 * @param failedStart whether another start would fail in the same way
 * @param process the process; {@code null} if it could not be started
 */
public record Ending(String how, boolean failedStart, @Nullable ModelProcess process) {

	private static final int SIGNALS = 128;

	/**
	 * Exit codes of shells for a program that can't be executed and for one that isn't
	 * found.
	 */
	private static final int NOT_EXECUTABLE = 126;

	private static final int NOT_FOUND = 127;

	/** The longest time that a shell needs to report a missing program. */
	private static final Duration SHELL = Duration.ofSeconds(2);

	/**
	 * Describes the end of a process.
	 * @param process the process, which has ended
	 * @return the ending
	 */
	public static Ending of(ModelProcess process) {
		int code = process.exitCode();
		boolean notRun = code == NOT_EXECUTABLE || code == NOT_FOUND;
		return new Ending((code > SIGNALS) ? "ended by signal " + (code - SIGNALS) : "exit code " + code,
				notRun && process.lasted().compareTo(SHELL) < 0, process);
	}

	/**
	 * Describes the failure to start a process.
	 * @param cause the cause of the failure
	 * @return the ending
	 */
	public static Ending notStarted(Throwable cause) {
		return new Ending((cause instanceof Exception) ? String.valueOf(cause.getMessage()) : cause.toString(), true,
				null);
	}

	/**
	 * Describes the ending in words. May wait briefly for the last output.
	 * @return a text with the last output
	 */
	public String describe() {
		return (this.process != null) ? "it ended with " + this.how + "; last output: " + this.process.lastOutput()
				: this.how;
	}

}
