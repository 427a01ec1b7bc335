package io.eas.sample.app.local;

import io.eas.emulator.process.ProcessStartException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/**
 * Describes what to do if the local EAS can't be started.
 */
class LocalEasFailureAnalyzer implements FailureAnalyzer {

	private static final String NO_MODEL = "Build it with './mvnw -pl eas-sample-model -am package -DskipTests' and start "
			+ "the application in the root of the repository; or let --spring.profiles.active name another profile "
			+ "than local, and --eas.endpoint a real EAS.";

	private static final String NO_START = "The last lines that the process printed say why.";

	@Override
	public @Nullable FailureAnalysis analyze(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof ModelFileMissingException) {
				return new FailureAnalysis(cause.getMessage(), NO_MODEL, cause);
			}
			if (cause instanceof ProcessStartException) {
				return new FailureAnalysis(cause.getMessage(), NO_START, cause);
			}
		}
		return null;
	}

}
