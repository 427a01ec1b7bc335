package io.eas.benchmarks.faults;

import java.time.Duration;

/**
 * Something that goes wrong, and can be mended.
 */
@FunctionalInterface
interface Fault {

	/**
	 * Lets it go wrong. Blocks until it has.
	 * @param during how long it will last
	 * @return to be closed to mend it
	 */
	Struck strike(Duration during);

	/**
	 * A fault that has struck.
	 */
	@FunctionalInterface
	interface Struck extends AutoCloseable {

		/** Mends it. Blocks until that is done. */
		@Override
		void close();

	}

}
