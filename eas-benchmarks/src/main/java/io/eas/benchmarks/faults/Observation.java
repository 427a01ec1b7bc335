package io.eas.benchmarks.faults;

import java.util.Map;

/**
 * What callers noticed of a fault.
 *
 * @param calls how many they made
 * @param failures why some failed, with counts
 * @param failedLater how many failed once the fault had lasted for its lead
 * @param worst the longest call that had to do with the fault, in milliseconds
 * @param tail what 99.9 % of those calls kept within, in milliseconds
 * @param before answers a second while all was well
 * @param during those during the fault, over those before
 * @param after those once it was mended, over those before
 * @param attempts attempts a call while the fault lasted
 * @param callsDuring how many calls ended while it lasted
 * @param seconds how long it lasted
 */
record Observation(long calls, Map<String, Long> failures, long failedLater, double worst, double tail, double before,
		double during, double after, double attempts, long callsDuring, double seconds) {

	static Observation of(Phases phases) {
		double before = phases.perSecond(Phase.BEFORE);
		return new Observation(phases.all().calls(), phases.all().failures(), phases.failedLater(),
				phases.touched().worstMillis(), phases.touched().millis(99.9), before,
				phases.perSecond(Phase.DURING) / before, phases.perSecond(Phase.AFTER) / before,
				phases.of(Phase.DURING).attemptsPerCall(), phases.of(Phase.DURING).calls(),
				phases.seconds(Phase.DURING));
	}

	long failed() {
		return this.failures.values().stream().mapToLong(Long::longValue).sum();
	}

}
