package io.eas.emulator.cli;

import java.util.List;

import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedInstance;
import io.eas.emulator.instance.InstanceEvent;

/**
 * Reports how a service runs. Called by one thread at a time.
 */
interface Report {

	/** Reports that the emulator has started. */
	void started(EasEmulator emulator);

	/** Reports that an instance has changed its state. */
	void event(InstanceEvent event);

	/** Reports the state of all instances, after a moment without changes. */
	void state(List<EmulatedInstance> instances);

}
