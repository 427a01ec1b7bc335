package io.eas.benchmarks.faults;

/**
 * The phases of a case, in chronological order.
 */
enum Phase {

	WARM_UP, BEFORE, STRIKING, DURING, MENDING, AFTER, END;

	boolean isStruck() {
		return this == STRIKING || this == DURING || this == MENDING;
	}

}
