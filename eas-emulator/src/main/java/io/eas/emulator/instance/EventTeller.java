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
 * Tells of each change from one phase to another, over all lives of an instance. Called
 * by one thread at a time.
 */
final class EventTeller {

	private static final Logger LOGGER = LoggerFactory.getLogger(EventTeller.class);

	private final String instance;

	private final Deployment deployment;

	private LifecycleState told = LifecycleState.of(Phase.WAITING, Instant.EPOCH);

	EventTeller(String instance, Deployment deployment) {
		this.instance = instance;
		this.deployment = deployment;
	}

	void tell(Lifecycle life, LifecycleEvent cause, Optional<ModelProcess> process) {
		LifecycleState before = this.told;
		if (life.state().phase() != before.phase()) {
			this.told = life.state();
			tell(new InstanceEvent(cause.at(), this.deployment.service(), this.instance, before, life.state(),
					Reasons.of(life, cause, process)));
		}
	}

	private void tell(InstanceEvent event) {
		try {
			this.deployment.events().accept(event);
		}
		catch (RuntimeException | Error ex) {
			LOGGER.warn("{}: whoever listens to events has failed", this.instance, ex);
		}
	}

}
