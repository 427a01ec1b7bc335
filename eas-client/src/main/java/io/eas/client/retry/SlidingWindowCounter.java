package io.eas.client.retry;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts by slots of time, on a ring that reaches {@link #REACH} slots back. A slot that
 * the ring comes to again starts at 0: the number of the slot and its count share one
 * word and change in one step, so that nothing is swept or reset, no count is lost to one
 * who does, and an idle time of any length leaves nothing behind. Lock-free, allocates
 * nothing; each stripe has a ring of its own, so that threads don't wait for each other's
 * processors.
 */
final class SlidingWindowCounter {

	private static final int RING_BITS = 6;

	/** How many slots are known: the newest, and those before it. */
	static final int REACH = 1 << RING_BITS;

	private static final int COUNT_BITS = 24;

	private static final long COUNT = (1L << COUNT_BITS) - 1;

	private final AtomicLongArray cells;

	private final int stripes;

	/**
	 * Counts of nothing.
	 * @param stripes how many threads may count at once undisturbed; a power of two
	 */
	SlidingWindowCounter(int stripes) {
		this.cells = new AtomicLongArray(stripes << RING_BITS);
		this.stripes = stripes;
	}

	/**
	 * Counts.
	 * @param slot the slot, from 0 to 2^39; at most 2^24 - 1 are counted in one
	 * @param delta 1, or -1 to take a 1 of this thread back
	 * @return false if the ring has long gone on from that slot, which counts no more
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
	 * The sum over some slots.
	 * @param from the first
	 * @param to the last
	 * @return what of them the ring still knows
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
