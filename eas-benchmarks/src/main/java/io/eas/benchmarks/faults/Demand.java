package io.eas.benchmarks.faults;

import java.util.ArrayList;
import java.util.List;

import io.eas.benchmarks.report.Target;

/**
 * What callers may notice of a fault.
 *
 * @param failed how many calls may fail
 * @param throughput the least throughput during it over that before; 0 if any will do
 * @param retriesAreLimited whether attempts must stay at 1.2 a call, with a reserve
 */
record Demand(Failed failed, double throughput, boolean retriesAreLimited) {

	private static final double ATTEMPTS = 1.2;

	private static final int RESERVE_PER_SECOND = 10;

	static Demand noFailure() {
		return new Demand(Failed.NONE, 0, false);
	}

	/** For calls that can't be answered at all. */
	static Demand fewAttempts() {
		return new Demand(Failed.ANY, 0, true);
	}

	Demand atMostThoseInFlight() {
		return new Demand(Failed.IN_FLIGHT, this.throughput, this.retriesAreLimited);
	}

	Demand throughput(double leastRatio) {
		return new Demand(this.failed, leastRatio, this.retriesAreLimited);
	}

	/**
	 * Holds a result against it.
	 * @param what the case
	 * @param seen the result
	 * @param callers how many calls were in flight
	 * @param left the part of the throughput that the instances still allow
	 */
	List<Target> targets(String what, Observation seen, int callers, double left) {
		List<Target> targets = new ArrayList<>();
		switch (this.failed) {
			case NONE -> targets.add(Target.countAtMost(what + ": failed calls", seen.failed(), 0));
			case IN_FLIGHT -> targets.add(Target.countAtMost(what + ": failed calls", seen.failed(), callers));
			case ANY -> {
				// nothing could have answered them
			}
		}
		if (this.throughput > 0) {
			targets.add(Target.throughputAtLeast(what + ": throughput during over before", seen.during(),
					this.throughput * left));
		}
		if (this.retriesAreLimited) {
			double reserve = RESERVE_PER_SECOND * (seen.seconds() + 1) / Math.max(1, seen.callsDuring());
			targets.add(Target.atMost(what + ": attempts per call", seen.attempts(), ATTEMPTS + reserve));
		}
		return targets;
	}

	/**
	 * How many calls may fail.
	 */
	enum Failed {

		NONE, IN_FLIGHT, ANY

	}

}
