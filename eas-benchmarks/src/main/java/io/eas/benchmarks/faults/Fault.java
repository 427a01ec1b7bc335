package io.eas.benchmarks.faults;

import java.time.Duration;

/**
 * A fault that can be injected and repaired.
 */
@FunctionalInterface
interface Fault {

	/**
	 * Injects the fault. Blocks until it has taken effect.
	 * @param during how long the fault will last
	 * @return an object whose {@code close} method repairs the fault
	 */
	Struck strike(Duration during);

	/**
	 * An injected fault.
	 */
	@FunctionalInterface
	interface Struck extends AutoCloseable {

		/** Repairs the fault. Blocks until that is done. */
		@Override
		void close();

	}

}
