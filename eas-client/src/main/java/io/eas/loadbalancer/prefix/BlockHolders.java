package io.eas.loadbalancer.prefix;

/**
 * The instances that were sent a block last, so that a pick finds those that know a
 * prompt among more instances than it looks at: a set-associative table, like the cache
 * of a processor. A block has one set where it can be, of {@value #WAYS} entries in the
 * order of their age. The oldest makes way for a new one, and the oldest of the same
 * block if {@value #HOLDERS} instances have it.
 *
 * <p>
 * The table only gives hints: what an instance knows is in its {@link BlockIndex}, and an
 * instance that isn't found here may be picked as well. So nothing is removed when an
 * instance forgets a block. An entry takes 12 bytes. There are up to twice as many
 * entries as blocks are remembered of all instances, and at most {@value #MOST_ENTRIES}.
 * Guarded by the lock of {@link PrefixAware}.
 */
final class BlockHolders {

	private static final int WAYS = 8;

	private static final int HOLDERS = 4;

	private static final int MOST_ENTRIES = 1 << 21;

	private final long[] blocks;

	/** The hash code of an instance for each entry; 0 in an entry that is free. */
	private final int[] holders;

	/**
	 * Creates an empty table.
	 * @param blocks the number of blocks that are remembered of all instances
	 */
	BlockHolders(long blocks) {
		int entries = entries(blocks);
		this.blocks = new long[entries];
		this.holders = new int[entries];
	}

	private static int entries(long blocks) {
		return Integer.highestOneBit((int) Math.min(MOST_ENTRIES, 2 * blocks - 1));
	}

	/** Returns whether the table is large enough for this number of blocks. */
	boolean fits(long blocks) {
		return entries(blocks) <= this.blocks.length;
	}

	/** Records that an instance is sent a prompt. */
	void add(long[] prompt, int holder) {
		for (long block : prompt) {
			add(block, holder);
		}
	}

	/** Records that an instance has a block. */
	void add(long block, int holder) {
		int set = setOf(block);
		int victim = set + WAYS - 1;
		int same = 0;
		for (int entry = set; entry < victim; entry++) {
			if (this.blocks[entry] == block && (this.holders[entry] == holder || ++same == HOLDERS)) {
				victim = entry;
			}
		}
		System.arraycopy(this.blocks, set, this.blocks, set + 1, victim - set);
		System.arraycopy(this.holders, set, this.holders, set + 1, victim - set);
		this.blocks[set] = block;
		this.holders[set] = holder;
	}

	/**
	 * Finds instances that have a prefix of a prompt, those with the longest one first:
	 * those of the last known block, of the one in the middle before it, and so on.
	 * @param prompt the prompt
	 * @param found receives the hash codes of the instances, each once
	 * @param most the number of instances after which the search ends
	 * @return the number of instances found
	 */
	int find(long[] prompt, int[] found, int most) {
		int count = 0;
		for (int known = match(prompt); known > 0; known /= 2) {
			long block = prompt[known - 1];
			int set = setOf(block);
			for (int entry = set; entry < set + WAYS && count < most; entry++) {
				if (this.blocks[entry] == block && !contains(found, count, this.holders[entry])) {
					found[count++] = this.holders[entry];
				}
			}
		}
		return count;
	}

	/** By bisection, as {@link BlockIndex#match}. */
	private int match(long[] prompt) {
		int known = 0;
		int unknown = prompt.length + 1;
		while (unknown - known > 1) {
			int middle = (known + unknown) >>> 1;
			if (isKnown(prompt[middle - 1])) {
				known = middle;
			}
			else {
				unknown = middle;
			}
		}
		return known;
	}

	private boolean isKnown(long block) {
		int set = setOf(block);
		for (int entry = set; entry < set + WAYS; entry++) {
			if (this.blocks[entry] == block && this.holders[entry] != 0) {
				return true;
			}
		}
		return false;
	}

	private static boolean contains(int[] found, int count, int holder) {
		for (int i = 0; i < count; i++) {
			if (found[i] == holder) {
				return true;
			}
		}
		return false;
	}

	private int setOf(long block) {
		return (int) BlockHasher.mix(block) & (this.blocks.length - WAYS);
	}

}
