package io.eas.emulator.instance;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

import io.eas.emulator.lifecycle.Lifecycle;
import io.eas.emulator.lifecycle.LifecycleEvent;
import io.eas.emulator.lifecycle.LifecycleState;
import io.eas.emulator.lifecycle.LifecycleState.Phase;
import io.eas.emulator.probe.ProbeResult;
import io.eas.emulator.process.ModelProcess;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes an {@link InstanceEvent} for each change of phase of an instance, also across
 * restarts on demand, and an {@link InstanceCheck} for each check that has a result.
 * Called by one thread at a time.
 */
final class EventPublisher {

	private static final Logger LOGGER = LoggerFactory.getLogger(EventPublisher.class);

	private final String instance;

	private final Deployment deployment;

	private LifecycleState last = LifecycleState.of(Phase.WAITING, Instant.EPOCH);

	EventPublisher(String instance, Deployment deployment) {
		this.instance = instance;
		this.deployment = deployment;
	}

	void publish(Lifecycle life, LifecycleEvent cause, Optional<ModelProcess> process) {
		if (cause instanceof LifecycleEvent.Probed probed && !(probed.result() instanceof ProbeResult.Discarded)) {
			publish(this.deployment.checked(), new InstanceCheck(probed.at(), this.deployment.service(), this.instance,
					probed.kind(), probed.result() instanceof ProbeResult.Success, probed.result().detail()));
		}
		LifecycleState before = this.last;
		if (life.state().phase() != before.phase()) {
			this.last = life.state();
			publish(this.deployment.events(), new InstanceEvent(cause.at(), this.deployment.service(), this.instance,
					before, life.state(), TransitionReason.of(life, cause, process)));
		}
	}

	private <E> void publish(Consumer<E> listener, E event) {
		try {
			listener.accept(event);
		}
		catch (RuntimeException | Error ex) {
			LOGGER.warn("{}: an event listener failed", this.instance, ex);
		}
	}

}
