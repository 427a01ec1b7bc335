package io.eas.benchmarks.faults;

import java.util.Map;

import io.eas.benchmarks.faults.Throughput.Timeline;

/**
 * The effects of a fault on callers.
 *
 * @param calls the number of calls
 * @param failures the number of failed calls by reason
 * @param failedLater the number of calls that failed after the {@link Demand#lead lead}
 * of the fault
 * @param worst the longest call affected by the fault, in milliseconds
 * @param tail the 99.9th percentile of the affected calls, in milliseconds
 * @param before the responses per second before the fault
 * @param during the responses per second during the fault, as a ratio to those before
 * @param after the responses per second after the repair, as a ratio to those before
 * @param attempts the attempts per call during the fault
 * @param callsDuring the number of calls that ended during the fault
 * @param seconds the duration of the fault in seconds
 * @param timeline the responses per second over time
 */
record Observation(long calls, Map<String, Long> failures, long failedLater, double worst, double tail, double before,
		double during, double after, double attempts, long callsDuring, double seconds, Timeline timeline) {

	static Observation of(Phases phases) {
		double before = phases.perSecond(Phase.BEFORE);
		return new Observation(phases.all().calls(), phases.all().failures(), phases.failedLater(),
				phases.touched().worstMillis(), phases.touched().millis(99.9), before,
				phases.perSecond(Phase.DURING) / before, phases.perSecond(Phase.AFTER) / before,
				phases.of(Phase.DURING).attemptsPerCall(), phases.of(Phase.DURING).calls(),
				phases.seconds(Phase.DURING), phases.timeline());
	}

	long failed() {
		return this.failures.values().stream().mapToLong(Long::longValue).sum();
	}

}
