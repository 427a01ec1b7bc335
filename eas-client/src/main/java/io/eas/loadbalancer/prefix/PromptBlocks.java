package io.eas.loadbalancer.prefix;

/**
 * A prompt, as far as the load balancing needs to know it. Immutable but for the arrays.
 *
 * @param hashes the hashes of its whole blocks, each of which covers all blocks before it
 * @param hash the hash of the whole prompt
 * @param tokens about how many tokens it has; at least 1
 * @param tokensPerBlock about how many of them are in a block
 */
record PromptBlocks(long[] hashes, long hash, double tokens, double tokensPerBlock) {

	static PromptBlocks of(BlockHasher model, BlockHasher tools, BlockHasher prompt) {
		long[] hashes = new long[tools.size() + prompt.size()];
		long before = model.hash();
		tools.copyTo(hashes, 0, before);
		before = BlockHasher.mix(before ^ Long.rotateLeft(tools.hash(), 1));
		prompt.copyTo(hashes, tools.size(), before);
		return new PromptBlocks(hashes, BlockHasher.mix(before ^ prompt.hash()),
				Math.max(1, tools.tokens() + prompt.tokens()), prompt.tokensPerBlock());
	}

	/** Returns about how many tokens follow the first blocks; at least 1. */
	double tokensAfter(int blocks) {
		return Math.max(1, this.tokens - blocks * this.tokensPerBlock);
	}

}
