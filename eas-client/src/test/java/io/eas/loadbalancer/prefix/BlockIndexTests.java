package io.eas.loadbalancer.prefix;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The blocks of an instance, compared with a plain set in the order of their use.
 */
class BlockIndexTests {

	private static final int CAPACITY = 100;

	private final BlockIndex index = new BlockIndex(CAPACITY);

	@Test
	void knowsWhatAPlainSetInTheOrderOfUseKnows() {
		Random random = new Random(1);
		LinkedHashSet<Long> plain = new LinkedHashSet<>();
		long[][] prompts = new long[20][0];
		for (int n = 0; n < 5000; n++) {
			int place = random.nextInt(prompts.length);
			long[] prompt = extend(prompts[place], random);
			assertThat(this.index.match(prompt)).isEqualTo(match(plain, prompt));
			this.index.enter(prompt);
			enter(plain, prompt);
			assertThat(this.index.size()).isEqualTo(plain.size()).isLessThanOrEqualTo(CAPACITY);
			prompts[place] = prompt;
			if (random.nextInt(4) == 0) {
				int kept = random.nextInt(prompt.length + 1);
				this.index.remove(prompt, kept);
				Arrays.stream(prompt).skip(kept).forEach(plain::remove);
			}
		}
		assertThat(plain).allMatch(this.index::contains);
	}

	private static long[] extend(long[] prompt, Random random) {
		int kept = random.nextInt(prompt.length + 1);
		// few bits, so that hashes meet in the table
		return LongStream
			.concat(Arrays.stream(prompt, 0, kept),
					random.longs(1 + random.nextInt(9)).map((hash) -> hash & 0x3ff_0000_001fL))
			.distinct()
			.toArray();
	}

	private static int match(Set<Long> plain, long[] prompt) {
		// as the index does, by the last known block
		int known = 0;
		int unknown = prompt.length + 1;
		while (unknown - known > 1) {
			int middle = (known + unknown) / 2;
			known = plain.contains(prompt[middle - 1]) ? middle : known;
			unknown = (known == middle) ? unknown : middle;
		}
		return known;
	}

	private static void enter(Set<Long> plain, long[] prompt) {
		for (int i = Math.min(prompt.length, CAPACITY) - 1; i >= 0; i--) {
			plain.remove(prompt[i]);
			plain.add(prompt[i]);
		}
		while (plain.size() > CAPACITY) {
			plain.remove(plain.iterator().next());
		}
	}

	@Test
	void longPromptKeepsItsBeginning() {
		long[] prompt = new Random(1).longs(3 * CAPACITY).toArray();
		this.index.enter(prompt);
		assertThat(this.index.size()).isEqualTo(CAPACITY);
		assertThat(this.index.match(prompt)).isEqualTo(CAPACITY);
	}

	@Test
	void knowsNothingOnceCleared() {
		long[] prompt = new Random(1).longs(CAPACITY).toArray();
		this.index.enter(prompt);
		this.index.clear();
		assertThat(this.index.match(prompt)).isZero();
		this.index.enter(prompt);
		assertThat(this.index.match(prompt)).isEqualTo(CAPACITY);
	}

}
