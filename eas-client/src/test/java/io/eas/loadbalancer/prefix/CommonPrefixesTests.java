package io.eas.loadbalancer.prefix;

import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Prefixes that many prompts share are told from conversations.
 */
class CommonPrefixesTests {

	private static final int CACHE = 800;

	private final CommonPrefixes prefixes = new CommonPrefixes(CACHE);

	private final PromptBlocks prompt = prompt(600 * 512);

	private static PromptBlocks prompt(double tokens) {
		return new PromptBlocks(new Random(1).longs(600).toArray(), 1, tokens, 512);
	}

	private void record(int times, int known) {
		for (int n = 0; n < times; n++) {
			this.prefixes.record(this.prompt, known);
		}
	}

	@Test
	void prefixAfterWhichPromptsDifferIsCommon() {
		record(2, 32);
		assertThat(this.prefixes.isCommon(this.prompt, 32)).isFalse();
		record(1, 32);
		assertThat(this.prefixes.isCommon(this.prompt, 32)).isTrue();
	}

	@Test
	void promptThatNobodyKnowsHasNoCommonPrefix() {
		record(10, 0);
		assertThat(this.prefixes.isCommon(this.prompt, 0)).isFalse();
	}

	@Test
	void turnsOfAConversationHaveNoCommonPrefix() {
		for (int known = 1; known < 100; known++) {
			this.prefixes.record(this.prompt, known);
			assertThat(this.prefixes.isCommon(this.prompt, known)).isFalse();
		}
	}

	@Test
	void shortTurnsOfAConversationHaveNoCommonPrefix() {
		for (int tokens = 0; tokens < 500; tokens += 20) {
			PromptBlocks turn = prompt(20 * 512 + tokens);
			this.prefixes.record(turn, 20);
			assertThat(this.prefixes.isCommon(turn, 20)).isFalse();
		}
	}

	@Test
	void prefixThatTakesMuchOfACacheMustBeUsedByManyPrompts() {
		record(10, 80); // a tenth of a cache, so 4 tenths of the prompts
		record(10, 0);
		assertThat(this.prefixes.isCommon(this.prompt, 80)).isTrue();
		record(10, 0);
		assertThat(this.prefixes.isCommon(this.prompt, 80)).isFalse();
	}

	@Test
	void prefixOfMostPromptsIsCommonHoweverLong() {
		record(10, 600);
		record(5, 0);
		assertThat(this.prefixes.isCommon(this.prompt, 600)).isTrue();
	}

	@Test
	void prefixThatIsNoLongerUsedMakesWay() {
		record(500, 32);
		record(10_000, 0);
		assertThat(this.prefixes.isCommon(this.prompt, 32)).isFalse();
		record(300, 40);
		assertThat(this.prefixes.isCommon(this.prompt, 40)).isTrue();
	}

}
