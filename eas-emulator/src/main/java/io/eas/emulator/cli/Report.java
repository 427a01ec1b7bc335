package io.eas.emulator.cli;

import java.util.List;

import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedInstance;
import io.eas.emulator.instance.InstanceEvent;

/**
 * Tells how a service runs. Called on one thread at a time.
 */
interface Report {

	/** Everything is under way. */
	void started(EasEmulator emulator);

	/** An instance came into another state. */
	void event(InstanceEvent event);

	/** For a moment nothing has changed. */
	void state(List<EmulatedInstance> instances);

}
