package io.eas.benchmarks.scale;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

import io.eas.benchmarks.calls.Spread;

/**
 * Measures what the instances that a client knows cost: their memory, and the time per
 * call for the pick and the record of its result. Not thread-safe.
 */
final class KnownInstances {

	private static final int COLLECTIONS = 3;

	private final int count;

	private final OurPolls polls = new OurPolls();

	private final long bytes;

	private final List<Double> nanos = new ArrayList<>();

	KnownInstances(int count) {
		this.count = count;
		byte[] listed = new Listing(count).of(0);
		long before = heap();
		this.polls.take(this.polls.instances(this.polls.tree(listed)));
		this.polls.pick();
		this.bytes = heap() - before;
	}

	private static long heap() {
		for (int n = 0; n < COLLECTIONS; n++) {
			System.gc();
		}
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	/** Measures a round of calls. */
	void measure(int calls) {
		long started = System.nanoTime();
		for (int n = 0; n < calls; n++) {
			this.polls.call();
		}
		this.nanos.add((double) (System.nanoTime() - started) / calls);
	}

	/** Discards the measurements of the warm-up. */
	void forget() {
		this.nanos.clear();
	}

	int count() {
		return this.count;
	}

	/** Returns the heap memory of the instances. */
	long bytes() {
		return this.bytes;
	}

	/** Returns the time per call in nanoseconds. */
	Spread nanos() {
		return Spread.of(this.nanos);
	}

	/**
	 * Returns the ratio of the time per call to that with fewer instances, round by
	 * round.
	 */
	Spread over(KnownInstances fewer) {
		List<Double> ratios = new ArrayList<>();
		for (int round = 0; round < this.nanos.size(); round++) {
			ratios.add(this.nanos.get(round) / fewer.nanos.get(round));
		}
		return Spread.of(ratios);
	}

}
