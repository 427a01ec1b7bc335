package io.eas.emulator.llm;

import java.util.Iterator;
import java.util.LinkedHashSet;

/**
 * The cached blocks of prompts, least recently used first. A block is identified by a
 * hash that covers all blocks before it, so only a prefix can be found. Not thread-safe.
 */
class PrefixCache {

	private final int capacity;

	private final LinkedHashSet<Long> blocks = new LinkedHashSet<>();

	PrefixCache(int capacity) {
		this.capacity = capacity;
	}

	/**
	 * Finds the longest cached prefix of a prompt.
	 * @param prompt the hashes of a prompt's blocks
	 * @param limit the maximum number of blocks to find
	 * @return how many blocks from the start are cached
	 */
	int find(long[] prompt, int limit) {
		int found = 0;
		while (found < limit && this.blocks.contains(prompt[found])) {
			found++;
		}
		return found;
	}

	/**
	 * Makes the blocks of a prompt the most recently used ones. The last block is dropped
	 * before the first, because without the first block the later ones can't be found.
	 * @param prompt the hashes of its blocks
	 * @param count how many blocks from the start are cached
	 */
	void enter(long[] prompt, int count) {
		for (int i = count - 1; i >= 0; i--) {
			this.blocks.remove(prompt[i]);
			this.blocks.add(prompt[i]);
		}
		Iterator<Long> oldest = this.blocks.iterator();
		for (int surplus = this.blocks.size() - this.capacity; surplus > 0; surplus--) {
			oldest.next();
			oldest.remove();
		}
	}

	int size() {
		return this.blocks.size();
	}

}
