package io.eas.emulator.instance;

import java.time.Instant;
import java.util.Optional;

import io.eas.emulator.lifecycle.Lifecycle;
import io.eas.emulator.lifecycle.LifecycleEvent;
import io.eas.emulator.lifecycle.LifecycleState;
import io.eas.emulator.lifecycle.LifecycleState.Phase;
import io.eas.emulator.process.ModelProcess;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes an {@link InstanceEvent} for each change of phase, across all lives of an
 * instance. Called by one thread at a time.
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
		LifecycleState before = this.last;
		if (life.state().phase() != before.phase()) {
			this.last = life.state();
			publish(new InstanceEvent(cause.at(), this.deployment.service(), this.instance, before, life.state(),
					TransitionReason.of(life, cause, process)));
		}
	}

	private void publish(InstanceEvent event) {
		try {
			this.deployment.events().accept(event);
		}
		catch (RuntimeException | Error ex) {
			LOGGER.warn("{}: an event listener failed", this.instance, ex);
		}
	}

}
