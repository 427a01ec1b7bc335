package io.eas.emulator.process;

/**
 * How a process ended.
 *
 * @param exitCode its exit code; more than 128 for a signal
 */
public record Ending(int exitCode) {

	private static final int SIGNALS = 128;

	/** By convention of shells: found but not to be executed, and not found. */
	private static final int NOT_EXECUTABLE = 126;

	private static final int NOT_FOUND = 127;

	/**
	 * Whether a shell could not start the command.
	 * @return {@code true} for exit code 126 or 127
	 */
	public boolean isFailedStart() {
		return this.exitCode == NOT_EXECUTABLE || this.exitCode == NOT_FOUND;
	}

	@Override
	public String toString() {
		return (this.exitCode > SIGNALS) ? "ended by signal " + (this.exitCode - SIGNALS)
				: "exit code " + this.exitCode;
	}

}
