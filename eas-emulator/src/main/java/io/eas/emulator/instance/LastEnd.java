package io.eas.emulator.instance;

import java.time.Duration;

import io.eas.emulator.process.ModelProcess;
import org.jspecify.annotations.Nullable;

/**
 * How the last process of an instance ended, or that there was none.
 *
 * @param how such as {@code exit code 3}
 * @param process the process; {@code null} if it could not be started
 * @param failedStart whether starting it again would end the same way
 */
record LastEnd(String how, @Nullable ModelProcess process, boolean failedStart) {

	/** What a shell that finds no program takes at the most. */
	private static final Duration SHELL = Duration.ofSeconds(2);

	static LastEnd of(ModelProcess process, Duration lasted) {
		return new LastEnd(process.ending().toString(), process,
				process.ending().isFailedStart() && lasted.compareTo(SHELL) < 0);
	}

	static LastEnd notStarted(Throwable cause) {
		return new LastEnd((cause instanceof Exception) ? String.valueOf(cause.getMessage()) : cause.toString(), null,
				true);
	}

	/** In words, with the last output; may wait a moment for that. */
	String describe() {
		return (this.process != null) ? "it ended with " + this.how + "; last output: " + this.process.lastOutput()
				: this.how;
	}

}
