package io.eas.loadbalancer.prefix;

/**
 * Distinguishes prefixes that many prompts have in common, such as a system prompt, from
 * prefixes that the turns of a conversation repeat. Prompts with a common prefix differ
 * after it, so the last block that they share is always the same. A turn of a
 * conversation shares all blocks of the previous turn. Its last shared block is therefore
 * another one in each turn, or at least the turn is longer than the previous turn.
 *
 * <p>
 * Each slot of a small table counts one last shared block, by the majority vote of Boyer
 * and Moore (1981): other blocks with the same slot decrement the count, and at zero the
 * next block gets the slot. The counts and the number of prompts are halved whenever this
 * number reaches {@value #WINDOW}, so that new prefixes replace old ones. Guarded by the
 * lock of {@link PrefixAware}.
 */
final class CommonPrefixes {

	/** The number of slots, a power of 2. */
	private static final int SLOTS = 1024;

	private static final int WINDOW = 1024;

	/** The minimum count of a common prefix. */
	private static final int FEWEST = 3;

	/**
	 * The minimum ratio of two shares at which it pays to have a prefix in all caches:
	 * the share of the prompts that begin with the prefix, and the share of a cache that
	 * the prefix takes.
	 */
	private static final double WORTH = 4;

	/**
	 * The share of the prompts at which it pays to have a prefix of any length in all
	 * caches.
	 */
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
	 * @param cacheBlocks the number of blocks that are remembered for each instance
	 */
	CommonPrefixes(int cacheBlocks) {
		this.cacheBlocks = cacheBlocks;
	}

	/**
	 * Records a prompt.
	 * @param prompt the prompt
	 * @param known the maximum number of its first blocks that an instance knows
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
	 * Counts the last known block of a prompt. Returns whether the prompt isn't longer
	 * than the previous prompt with the same last known block, so that they differ after
	 * this block.
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
	 * Returns whether all instances should cache the known first blocks of a prompt.
	 * @param prompt the prompt
	 * @param known the maximum number of its first blocks that an instance knows
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
