package io.eas.emulator.instance;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

import io.eas.emulator.lifecycle.Lifecycle;
import io.eas.emulator.lifecycle.LifecycleEvent;
import io.eas.emulator.lifecycle.LifecycleState;
import io.eas.emulator.process.ModelProcess;

/**
 * Describes why an instance changed its state.
 */
final class TransitionReason {

	private TransitionReason() {
	}

	static String of(Lifecycle life, LifecycleEvent cause, Optional<ModelProcess> process) {
		return switch (life.state().phase()) {
			case WAITING -> waiting(cause);
			case STARTING -> process.map((started) -> "process " + started.pid() + " started").orElse("started");
			case READY, NOT_READY -> checked(cause, process);
			case KILLED -> life.state().reason();
			case BACKING_OFF -> backOff(life.state());
			case STOPPING -> "asked to end";
			case STOPPED -> (cause instanceof LifecycleEvent.Exited exited) ? exited.how() : "ended";
		};
	}

	private static String waiting(LifecycleEvent cause) {
		return (cause instanceof LifecycleEvent.Exited exited) ? exited.how() + "; starts again at once"
				: "starts again";
	}

	private static String checked(LifecycleEvent cause, Optional<ModelProcess> process) {
		if (cause instanceof LifecycleEvent.Probed probed) {
			return probed.kind().key() + ": " + probed.result().detail();
		}
		return process.map((started) -> "process " + started.pid() + " started").orElse("started");
	}

	private static String backOff(LifecycleState state) {
		Instant until = Objects.requireNonNullElse(state.until(), state.since());
		return state.reason() + "; starts again in " + Duration.between(state.since(), until).toSeconds() + " s";
	}

}
