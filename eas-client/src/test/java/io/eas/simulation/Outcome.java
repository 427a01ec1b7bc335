package io.eas.simulation;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What became of the calls of a {@link Simulation}.
 *
 * @param profile the service
 * @param calls the calls in the order they ended
 * @param picks the attempts in the order they were started
 */
record Outcome(Profile profile, List<Call> calls, List<Pick> picks) {

	/** Without the first tenth, in which queues were still to fill. */
	Outcome settled() {
		double begin = this.picks.get(this.picks.size() / 10).at();
		return between(begin, Double.POSITIVE_INFINITY);
	}

	/** The calls that began in a time, and the attempts that did. */
	Outcome between(double from, double to) {
		return new Outcome(this.profile,
				this.calls.stream().filter((call) -> call.start >= from && call.start < to).toList(),
				this.picks.stream().filter((pick) -> pick.at >= from && pick.at < to).toList());
	}

	/** In seconds. */
	double mean() {
		return this.calls.stream().mapToDouble(Call::latency).average().orElse(Double.NaN);
	}

	/** The latency in seconds that a part of the calls doesn't exceed. */
	double quantile(double part) {
		double[] latencies = this.calls.stream().mapToDouble(Call::latency).sorted().toArray();
		return latencies[(int) Math.min(latencies.length - 1, part * latencies.length)];
	}

	double p99() {
		return quantile(0.99);
	}

	long failed() {
		return this.calls.stream().filter((call) -> !call.succeeded).count();
	}

	double attemptsPerCall() {
		return (double) this.picks.size() / this.calls.size();
	}

	/** An instance's part of the attempts. */
	double share(int instance) {
		return (double) this.picks.stream().filter((pick) -> pick.instance == instance).count() / this.picks.size();
	}

	/**
	 * The largest difference of an instance's share from its weight's, over the latter.
	 */
	double shareError() {
		double[] shares = new double[this.profile.size()];
		this.picks.forEach((pick) -> shares[pick.instance] += 1.0 / this.picks.size());
		return IntStream.range(0, shares.length)
			.mapToDouble((i) -> Math.abs(shares[i] / this.profile.share(i) - 1))
			.max()
			.orElseThrow();
	}

	/** The calls that ended well in a time, in a second of it. */
	double throughput(double from, double to) {
		return this.calls.stream().filter((call) -> call.succeeded && call.end >= from && call.end < to).count()
				/ (to - from);
	}

	/** A call, from its start to the end of its last attempt, in seconds. */
	record Call(double start, double end, boolean succeeded) {

		double latency() {
			return this.end - this.start;
		}

	}

	/** When an attempt was started, and at which instance. */
	record Pick(double at, int instance) {
	}

}
