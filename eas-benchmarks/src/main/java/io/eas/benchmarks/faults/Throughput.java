package io.eas.benchmarks.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts answered calls in time slots of 100 ms. Thread-safe.
 */
final class Throughput {

	private static final long SLOT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	private static final double PER_SECOND = (double) TimeUnit.SECONDS.toNanos(1) / SLOT_NANOS;

	private final long origin = System.nanoTime();

	private final Map<Long, LongAdder> slots = new ConcurrentHashMap<>();

	void answered(long ended) {
		this.slots.computeIfAbsent((ended - this.origin) / SLOT_NANOS, (slot) -> new LongAdder()).increment();
	}

	/**
	 * Returns the answered calls per second, for each slot that lies within a period.
	 * @param from the {@link System#nanoTime} of the beginning of the period
	 * @param to the {@link System#nanoTime} of the end of the period
	 * @param struck the {@link System#nanoTime} of the fault
	 * @param mended the {@link System#nanoTime} of the repair
	 */
	Timeline timeline(long from, long to, long struck, long mended) {
		List<Double> seconds = new ArrayList<>();
		List<Double> perSecond = new ArrayList<>();
		for (long slot = (from - this.origin) / SLOT_NANOS + 1; (slot + 1) * SLOT_NANOS <= to - this.origin; slot++) {
			LongAdder count = this.slots.get(slot);
			seconds.add(rounded((this.origin + slot * SLOT_NANOS + SLOT_NANOS / 2 - struck) / 1e9));
			perSecond.add((count != null) ? count.sum() * PER_SECOND : 0);
		}
		return new Timeline(seconds, perSecond, rounded((mended - struck) / 1e9));
	}

	private static double rounded(double seconds) {
		return Math.rint(seconds * 1000) / 1000;
	}

	/**
	 * The throughput over time.
	 *
	 * @param seconds the middle of each slot, in seconds since the fault; negative before
	 * the fault
	 * @param perSecond the answered calls per second in each slot
	 * @param mended the time of the repair, in seconds since the fault
	 */
	record Timeline(List<Double> seconds, List<Double> perSecond, double mended) {

		Timeline {
			seconds = List.copyOf(seconds);
			perSecond = List.copyOf(perSecond);
		}

	}

}
