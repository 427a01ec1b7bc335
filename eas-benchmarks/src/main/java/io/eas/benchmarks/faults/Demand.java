package io.eas.benchmarks.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.eas.benchmarks.report.Target;

/**
 * The limits for the effects of a fault on callers.
 *
 * @param failed which calls may fail
 * @param throughput the smallest allowed throughput during the fault, as a ratio to that
 * before; 0 for no limit
 * @param recovery the smallest allowed throughput after the fault, as a ratio to that
 * before; 0 for no limit
 * @param worst the longest allowed time of a call; 0 for no limit
 * @param retriesAreLimited whether attempts are limited to 1.2 per call plus a reserve
 */
record Demand(Failed failed, double throughput, double recovery, Duration worst, boolean retriesAreLimited) {

	private static final double ATTEMPTS = 1.2;

	private static final int RESERVE_PER_SECOND = 10;

	static Demand noFailure() {
		return new Demand(Failed.NONE, 0, 0, Duration.ZERO, false);
	}

	/**
	 * Returns the demand for faults that inevitably make calls fail until the client
	 * detects the fault. Calls may fail only in the first second.
	 */
	static Demand noFailureAfterASecond() {
		return new Demand(Failed.IN_THE_FIRST_SECOND, 0, 0, Duration.ZERO, false);
	}

	/** Returns the demand for faults during which no instance can answer. */
	static Demand fewAttempts() {
		return new Demand(Failed.ANY, 0, 0, Duration.ZERO, true);
	}

	Demand throughput(double leastRatio) {
		return new Demand(this.failed, leastRatio, this.recovery, this.worst, this.retriesAreLimited);
	}

	Demand recovery(double leastRatio) {
		return new Demand(this.failed, this.throughput, leastRatio, this.worst, this.retriesAreLimited);
	}

	Demand worst(Duration longest) {
		return new Demand(this.failed, this.throughput, this.recovery, longest, this.retriesAreLimited);
	}

	/**
	 * Returns the lead: the time from the start of the fault to the start of its
	 * measurement.
	 * @param budget the time window of the retry budget
	 */
	Duration lead(Duration budget) {
		if (this.retriesAreLimited) {
			return budget;
		}
		return (this.failed == Failed.IN_THE_FIRST_SECOND) ? Duration.ofSeconds(1) : Duration.ZERO;
	}

	/**
	 * Returns the targets that this demand sets for a result.
	 * @param what the name of the case
	 * @param seen the result
	 * @param left the fraction of the throughput that the remaining instances can provide
	 */
	List<Target> targets(String what, Observation seen, double left) {
		List<Target> targets = new ArrayList<>();
		switch (this.failed) {
			case NONE -> targets.add(Target.countAtMost(what + ": failed calls", seen.failed(), 0));
			case IN_THE_FIRST_SECOND ->
				targets.add(Target.countAtMost(what + ": calls failed after 1 s", seen.failedLater(), 0));
			case ANY -> {
				// no instance could have answered these calls
			}
		}
		if (this.throughput > 0) {
			targets.add(Target.throughputAtLeast(what + ": throughput during over before", seen.during(),
					this.throughput * left));
		}
		if (this.recovery > 0) {
			targets.add(Target.throughputAtLeast(what + ": throughput after over before", seen.after(), this.recovery));
		}
		if (!this.worst.isZero()) {
			targets.add(Target.costAtMost(what + ": worst call, ms", seen.worst(), (double) this.worst.toMillis()));
		}
		if (this.retriesAreLimited) {
			double reserve = RESERVE_PER_SECOND * (seen.seconds() + 1) / Math.max(1, seen.callsDuring());
			targets.add(Target.atMost(what + ": attempts per call", seen.attempts(), ATTEMPTS + reserve));
		}
		return targets;
	}

	/**
	 * Which calls may fail.
	 */
	enum Failed {

		NONE, IN_THE_FIRST_SECOND, ANY

	}

}
