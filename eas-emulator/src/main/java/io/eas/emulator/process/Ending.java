package io.eas.emulator.process;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How a process ended, or that it could not be started.
 *
 * @param how such as {@code exit code 3}
 * @param failedStart whether starting it again would end the same way
 * @param process the process; {@code null} if it could not be started
 */
public record Ending(String how, boolean failedStart, @Nullable ModelProcess process) {

	private static final int SIGNALS = 128;

	/** By convention of shells: found but not to be executed, and not found. */
	private static final int NOT_EXECUTABLE = 126;

	private static final int NOT_FOUND = 127;

	/** What a shell that finds no program takes at the most. */
	private static final Duration SHELL = Duration.ofSeconds(2);

	/**
	 * The end of a process.
	 * @param process the process, which has ended
	 * @return how it ended
	 */
	public static Ending of(ModelProcess process) {
		int code = process.exitCode();
		boolean notRun = code == NOT_EXECUTABLE || code == NOT_FOUND;
		return new Ending((code > SIGNALS) ? "ended by signal " + (code - SIGNALS) : "exit code " + code,
				notRun && process.lasted().compareTo(SHELL) < 0, process);
	}

	/**
	 * The failure to start a process.
	 * @param cause why it could not be started
	 * @return the cause in words
	 */
	public static Ending notStarted(Throwable cause) {
		return new Ending((cause instanceof Exception) ? String.valueOf(cause.getMessage()) : cause.toString(), true,
				null);
	}

	/**
	 * Describes it; may wait a moment for the last output.
	 * @return in words, with the last output
	 */
	public String describe() {
		return (this.process != null) ? "it ended with " + this.how + "; last output: " + this.process.lastOutput()
				: this.how;
	}

}
