package io.eas.benchmarks.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.eas.benchmarks.report.Target;

/**
 * What callers may notice of a fault.
 *
 * @param failed which calls may fail
 * @param throughput the least throughput during it over that before; 0 if any will do
 * @param recovery the least throughput after it over that before; 0 if any will do
 * @param worst the longest a call may take; 0 if any time will do
 * @param retriesAreLimited whether attempts must stay at 1.2 per call, with a reserve
 */
record Demand(Failed failed, double throughput, double recovery, Duration worst, boolean retriesAreLimited) {

	private static final double ATTEMPTS = 1.2;

	private static final int RESERVE_PER_SECOND = 10;

	static Demand noFailure() {
		return new Demand(Failed.NONE, 0, 0, Duration.ZERO, false);
	}

	/** For what callers can't be kept from seeing, until it is known for what it is. */
	static Demand noFailureAfterASecond() {
		return new Demand(Failed.IN_THE_FIRST_SECOND, 0, 0, Duration.ZERO, false);
	}

	/** For calls that can't be answered at all. */
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
	 * How long the fault has lasted when it starts to count.
	 * @param budget how long retries are counted over
	 */
	Duration lead(Duration budget) {
		if (this.retriesAreLimited) {
			return budget;
		}
		return (this.failed == Failed.IN_THE_FIRST_SECOND) ? Duration.ofSeconds(1) : Duration.ZERO;
	}

	/**
	 * Holds a result against it.
	 * @param what the case
	 * @param seen the result
	 * @param left the part of the throughput that the instances still allow
	 */
	List<Target> targets(String what, Observation seen, double left) {
		List<Target> targets = new ArrayList<>();
		switch (this.failed) {
			case NONE -> targets.add(Target.countAtMost(what + ": failed calls", seen.failed(), 0));
			case IN_THE_FIRST_SECOND ->
				targets.add(Target.countAtMost(what + ": calls failed after 1 s", seen.failedLater(), 0));
			case ANY -> {
				// nothing could have answered them
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
