package io.eas.emulator.llm;

import java.nio.charset.StandardCharsets;

/**
 * A prompt as an engine sees it. Without a tokenizer, four bytes of UTF-8 count as a
 * token: about right for English, and 0.75 tokens per Chinese character.
 *
 * @param tokens its length, 1 or more
 * @param blocks hashes of its full blocks, each covering all blocks before it
 * @param hash the hash of the whole text
 */
record Prompt(int tokens, long[] blocks, long hash) {

	private static final int BYTES_PER_TOKEN = 4;

	/** FNV-1a of 64 bits: http://www.isthe.com/chongo/tech/comp/fnv/. */
	private static final long FNV_BASIS = 0xcbf29ce484222325L;

	private static final long FNV_PRIME = 0x100000001b3L;

	/**
	 * Counts and hashes a text.
	 * @param text the whole prompt
	 * @param blockSize tokens per block
	 * @return the prompt, with equal hashes for equal texts
	 */
	static Prompt of(String text, int blockSize) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		int blockBytes = blockSize * BYTES_PER_TOKEN;
		long[] blocks = new long[bytes.length / blockBytes];
		long hash = FNV_BASIS;
		for (int i = 0; i < bytes.length; i++) {
			hash = (hash ^ (bytes[i] & 0xff)) * FNV_PRIME;
			if ((i + 1) % blockBytes == 0) {
				blocks[i / blockBytes] = hash;
			}
		}
		return new Prompt(Math.max(1, (bytes.length + BYTES_PER_TOKEN - 1) / BYTES_PER_TOKEN), blocks, hash);
	}

}
