package io.eas.benchmarks.faults;

/**
 * The parts of a case, in their order.
 */
enum Phase {

	WARM_UP, BEFORE, STRIKING, DURING, MENDING, AFTER, END;

	boolean isStruck() {
		return this == STRIKING || this == DURING || this == MENDING;
	}

}
