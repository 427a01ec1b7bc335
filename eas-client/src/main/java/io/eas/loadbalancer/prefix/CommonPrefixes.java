package io.eas.loadbalancer.prefix;

/**
 * Tells prefixes that many prompts have in common, such as a system prompt, from
 * conversations, whose turns repeat a prefix too. After a common prefix prompts go
 * different ways, so the last block that they share is the same again and again. A turn
 * of a conversation shares what the turn before it had, which is another block each time,
 * or at least it is longer than that turn.
 *
 * <p>
 * Each slot of a small table counts one such block, by the majority vote of Boyer and
 * Moore (1981): other blocks of the slot take from the count, and at zero the next one
 * gets the slot. Counts are halved after each {@value #WINDOW} prompts, so that old
 * prefixes make way for new ones. Guarded by the lock of {@link PrefixAware}.
 */
final class CommonPrefixes {

	/** The number of slots, a power of 2. */
	private static final int SLOTS = 1024;

	private static final int WINDOW = 1024;

	/** The number of prompts from which on a prefix may be a common one. */
	private static final int FEWEST = 3;

	/**
	 * By how much the share of the prompts that begin with a prefix has to exceed the
	 * share of a cache that it takes, so that having it in all caches pays.
	 */
	private static final double WORTH = 4;

	/** The share of the prompts for which a prefix of any length pays. */
	private static final double ALWAYS_WORTH = 0.5;

	private final int cacheBlocks;

	private final long[] blocks = new long[SLOTS];

	private final int[] counts = new int[SLOTS];

	/** The tokens of the last prompt that was counted in each slot. */
	private final double[] lengths = new double[SLOTS];

	/** The number of prompts that didn't continue a conversation. */
	private int prompts;

	/**
	 * Creates an empty table.
	 * @param cacheBlocks the number of blocks that are remembered of an instance
	 */
	CommonPrefixes(int cacheBlocks) {
		this.cacheBlocks = cacheBlocks;
	}

	/**
	 * Records a prompt.
	 * @param prompt the prompt
	 * @param known the number of its first blocks that some instance knows
	 */
	void record(PromptBlocks prompt, int known) {
		if (known > 0 && !isAnotherWay(prompt.hashes()[known - 1], prompt.tokens())) {
			return;
		}
		if (++this.prompts >= WINDOW) {
			this.prompts /= 2;
			for (int slot = 0; slot < SLOTS; slot++) {
				this.counts[slot] /= 2;
			}
		}
	}

	/**
	 * Counts the last known block of a prompt, and returns whether prompts have gone
	 * different ways after it.
	 */
	private boolean isAnotherWay(long block, double tokens) {
		int slot = slotOf(block);
		if (this.blocks[slot] == block && this.counts[slot] > 0) {
			boolean another = tokens <= this.lengths[slot];
			this.counts[slot] += another ? 1 : 0;
			this.lengths[slot] = tokens;
			return another;
		}
		if (--this.counts[slot] < 0) {
			this.blocks[slot] = block;
			this.counts[slot] = 1;
			this.lengths[slot] = tokens;
		}
		return false;
	}

	/**
	 * Returns whether all instances should have the first blocks of a prompt.
	 * @param prompt the prompt
	 * @param known the number of its first blocks that some instance knows
	 */
	boolean isCommon(PromptBlocks prompt, int known) {
		if (known == 0) {
			return false;
		}
		long block = prompt.hashes()[known - 1];
		int slot = slotOf(block);
		int count = (this.blocks[slot] == block) ? this.counts[slot] : 0;
		double worth = Math.min(ALWAYS_WORTH, WORTH * known / this.cacheBlocks);
		return count >= FEWEST && (double) count / Math.max(count, this.prompts) >= worth;
	}

	private static int slotOf(long block) {
		return (int) BlockHasher.mix(block) & (SLOTS - 1);
	}

}
