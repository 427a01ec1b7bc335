package io.eas.emulator.llm;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How prompts are counted, and which blocks they share.
 */
class PromptTests {

	private static final int BLOCK = 2;

	private static final int BLOCK_BYTES = 8;

	@Test
	void fourBytesAreAToken() {
		assertThat(Prompt.of("", BLOCK).tokens()).isEqualTo(1);
		assertThat(Prompt.of("1234", BLOCK).tokens()).isEqualTo(1);
		assertThat(Prompt.of("12345", BLOCK).tokens()).isEqualTo(2);
		assertThat(Prompt.of("你好世界", BLOCK).tokens()).isEqualTo(3);
	}

	@Test
	void onlyFullBlocksCount() {
		assertThat(Prompt.of("1234567", BLOCK).blocks()).isEmpty();
		assertThat(Prompt.of("123456789", BLOCK).blocks()).hasSize(1);
	}

	@Property
	void promptsShareTheBlocksOfTheirCommonPrefixAndNoOthers(@ForAll String prefix, @ForAll String rest) {
		String text = prefix.repeat(3);
		long[] one = Prompt.of(text + "a" + rest, BLOCK).blocks();
		long[] other = Prompt.of(text + "b" + rest, BLOCK).blocks();
		int common = Prompt.of(text, BLOCK).blocks().length;
		assertThat(Arrays.mismatch(one, other)).isEqualTo((one.length > common) ? common : -1);
		assertThat(common).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length / BLOCK_BYTES);
	}

}
