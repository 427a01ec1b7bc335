package io.eas.emulator.cli;

import java.io.PrintWriter;
import java.util.List;

import io.eas.emulator.EasEmulator;
import io.eas.emulator.EmulatedInstance;
import io.eas.emulator.instance.InstanceEvent;

/**
 * Reports how a service runs. Called by one thread at a time.
 */
interface Report extends AutoCloseable {

	/**
	 * Returns the writer for all other output while this report is active.
	 * @param otherwise the standard error stream
	 */
	default PrintWriter errors(PrintWriter otherwise) {
		return otherwise;
	}

	/** Reports that the emulator has started. */
	void started(EasEmulator emulator);

	/** Reports that an instance has changed its state. */
	default void event(InstanceEvent event) {
	}

	/** Reports the state of all instances, after a moment without changes. */
	default void state(List<EmulatedInstance> instances) {
	}

	/** Ends the report. */
	@Override
	default void close() {
	}

}
