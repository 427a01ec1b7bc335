package io.eas.client.retry;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts events by time slot in a ring buffer of {@link #REACH} slots. The number of a
 * slot and its count are stored in one word and are updated together by one
 * compare-and-set. So a cell that the ring reaches again starts at 0 without a reset, no
 * count is lost to a concurrent reset, and an idle time of any length leaves no old
 * counts behind. Lock-free and free of allocation. Each stripe has its own ring, so that
 * threads rarely contend for the same cache lines.
 */
final class SlidingWindowCounter {

	private static final int RING_BITS = 6;

	/** The number of slots in the ring: the newest one and those before it. */
	static final int REACH = 1 << RING_BITS;

	private static final int COUNT_BITS = 24;

	private static final long COUNT = (1L << COUNT_BITS) - 1;

	private final AtomicLongArray cells;

	private final int stripes;

	/**
	 * Creates a counter with all counts at 0.
	 * @param stripes the number of threads that can count without contention; a power of
	 * two
	 */
	SlidingWindowCounter(int stripes) {
		this.cells = new AtomicLongArray(stripes << RING_BITS);
		this.stripes = stripes;
	}

	/**
	 * Adds to the count of a slot.
	 * @param slot the slot, from 0 to 2^39; its count must not exceed 2^24 - 1
	 * @param delta 1, or -1 to undo an addition by the same thread
	 * @return false if the ring has moved past this slot, so that nothing was counted
	 */
	boolean add(long slot, int delta) {
		int index = (stripe() << RING_BITS) | cell(slot);
		while (true) {
			long known = this.cells.get(index);
			if (slotOf(known) > slot) {
				return false;
			}
			long next = (slotOf(known) == slot) ? known + delta : (slot << COUNT_BITS) | delta;
			if (this.cells.weakCompareAndSetVolatile(index, known, next)) {
				return true;
			}
		}
	}

	/**
	 * Returns the sum over a range of slots.
	 * @param from the first slot
	 * @param to the last slot
	 * @return the sum over those slots that are still in the ring
	 */
	long sum(long from, long to) {
		long sum = 0;
		for (int i = 0; i < this.cells.length(); i++) {
			long known = this.cells.get(i);
			if (slotOf(known) >= from && slotOf(known) <= to) {
				sum += known & COUNT;
			}
		}
		return sum;
	}

	private int stripe() {
		return (int) Thread.currentThread().getId() & (this.stripes - 1);
	}

	private static int cell(long slot) {
		return (int) slot & (REACH - 1);
	}

	private static long slotOf(long known) {
		return known >>> COUNT_BITS;
	}

}
