package io.eas.loadbalancer.prefix;

/**
 * The properties of a prompt that load balancing needs. Immutable, except for the array.
 *
 * @param hashes the hashes of its whole blocks, each of which covers all blocks before it
 * @param hash the hash of the whole prompt
 * @param tokens the estimated number of tokens of the prompt; at least 1
 * @param tokensPerBlock the estimated number of tokens of a block
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

	/**
	 * Returns the estimated number of tokens that follow the first blocks; at least 1.
	 */
	double tokensAfter(int blocks) {
		return Math.max(1, this.tokens - blocks * this.tokensPerBlock);
	}

}
