package io.eas.loadbalancer.prefix;

import java.util.Arrays;

/**
 * The blocks that an instance has computed last, ordered from the least to the most
 * recently used one: a hash table of 64-bit hashes with linear probing, whose entries are
 * linked by age. The order is that of an engine's prefix cache: the last block of a
 * prompt counts as older than its first block, since a block is of no use without the
 * blocks before it. Memory grows with the number of blocks up to the capacity, by 24 to
 * 40 bytes per block. Not thread-safe.
 */
final class BlockIndex {

	private static final int SMALL = 32;

	private static final int NONE = -1;

	private final int capacity;

	private long[] hashes = new long[0];

	/** The next older entry of each entry; {@link #newer} contains the next newer one. */
	private int[] older = new int[0];

	private int[] newer = new int[0];

	/**
	 * The index of the entry in each slot of the hash table, plus 1; 0 for an empty slot.
	 */
	private int[] slots = new int[0];

	private int size;

	private int oldest = NONE;

	private int newest = NONE;

	BlockIndex(int capacity) {
		this.capacity = capacity;
	}

	int size() {
		return this.size;
	}

	/**
	 * Returns the number of known blocks at the beginning of a prompt. A block is never
	 * removed before the blocks that follow it, so the last known block can be found by
	 * bisection.
	 */
	int match(long[] prompt) {
		int known = 0;
		int unknown = prompt.length + 1;
		while (unknown - known > 1) {
			int middle = (known + unknown) >>> 1;
			if (contains(prompt[middle - 1])) {
				known = middle;
			}
			else {
				unknown = middle;
			}
		}
		return known;
	}

	boolean contains(long hash) {
		return this.size > 0 && this.slots[slotOf(hash)] != 0;
	}

	/**
	 * Adds the blocks, oldest first, to those that are known to be at some instance.
	 * @param instance the index of the instance
	 */
	void addTo(BlockHolders holders, int instance) {
		for (int entry = this.oldest; entry != NONE; entry = this.newer[entry]) {
			holders.add(this.hashes[entry], instance);
		}
	}

	/**
	 * Makes the blocks of a prompt the newest ones, with its first block as the newest of
	 * all.
	 */
	void enter(long[] prompt) {
		for (int i = Math.min(prompt.length, this.capacity) - 1; i >= 0; i--) {
			enter(prompt[i]);
		}
	}

	private void enter(long hash) {
		if (this.size == this.hashes.length && this.size < this.capacity) {
			grow();
		}
		int slot = slotOf(hash);
		int entry = this.slots[slot] - 1;
		if (entry >= 0) {
			unlink(entry);
		}
		else if (this.size < this.capacity) {
			entry = this.size++;
			this.slots[slot] = entry + 1;
		}
		else {
			entry = this.oldest;
			unlink(entry);
			remove(slotOf(this.hashes[entry]));
			this.slots[slotOf(hash)] = entry + 1;
		}
		this.hashes[entry] = hash;
		link(entry);
	}

	/**
	 * Removes the blocks of a prompt, except for its first blocks.
	 * @param kept the number of first blocks that are kept
	 */
	void remove(long[] prompt, int kept) {
		for (int i = kept; i < prompt.length && this.size > 0; i++) {
			int slot = slotOf(prompt[i]);
			if (this.slots[slot] != 0) {
				int entry = this.slots[slot] - 1;
				unlink(entry);
				remove(slot);
				move(--this.size, entry);
			}
		}
	}

	/** Moves the last entry to the index of a removed entry. */
	private void move(int from, int to) {
		if (from == to) {
			return;
		}
		this.slots[slotOf(this.hashes[from])] = to + 1;
		this.hashes[to] = this.hashes[from];
		this.older[to] = this.older[from];
		this.newer[to] = this.newer[from];
		if (this.older[to] != NONE) {
			this.newer[this.older[to]] = to;
		}
		else {
			this.oldest = to;
		}
		if (this.newer[to] != NONE) {
			this.older[this.newer[to]] = to;
		}
		else {
			this.newest = to;
		}
	}

	void clear() {
		this.size = 0;
		this.oldest = NONE;
		this.newest = NONE;
		Arrays.fill(this.slots, 0);
	}

	private void grow() {
		int length = Math.min(this.capacity, Math.max(SMALL, 2 * this.size));
		this.hashes = Arrays.copyOf(this.hashes, length);
		this.older = Arrays.copyOf(this.older, length);
		this.newer = Arrays.copyOf(this.newer, length);
		this.slots = new int[Integer.highestOneBit(2 * length - 1) << 1];
		for (int entry = 0; entry < this.size; entry++) {
			this.slots[slotOf(this.hashes[entry])] = entry + 1;
		}
	}

	/** Returns the slot of a hash, or the free slot where it would be. */
	private int slotOf(long hash) {
		int mask = this.slots.length - 1;
		int slot = (int) hash & mask;
		while (this.slots[slot] != 0 && this.hashes[this.slots[slot] - 1] != hash) {
			slot = (slot + 1) & mask;
		}
		return slot;
	}

	/** Frees a slot, and moves the entries after it so that linear probing finds them. */
	private void remove(int slot) {
		int mask = this.slots.length - 1;
		int free = slot;
		for (int next = (free + 1) & mask; this.slots[next] != 0; next = (next + 1) & mask) {
			int wanted = (int) this.hashes[this.slots[next] - 1] & mask;
			if (((next - wanted) & mask) >= ((next - free) & mask)) {
				this.slots[free] = this.slots[next];
				free = next;
			}
		}
		this.slots[free] = 0;
	}

	private void link(int entry) {
		this.older[entry] = this.newest;
		this.newer[entry] = NONE;
		if (this.newest != NONE) {
			this.newer[this.newest] = entry;
		}
		this.newest = entry;
		this.oldest = (this.oldest != NONE) ? this.oldest : entry;
	}

	private void unlink(int entry) {
		int before = this.older[entry];
		int after = this.newer[entry];
		if (before != NONE) {
			this.newer[before] = after;
		}
		else {
			this.oldest = after;
		}
		if (after != NONE) {
			this.older[after] = before;
		}
		else {
			this.newest = before;
		}
	}

}
