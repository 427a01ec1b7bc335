package io.eas.loadbalancer.prefix;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.eas.http.EncodedBody;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * What is found in bodies of OpenAI's protocol.
 */
class PromptReaderTests {

	private static final int BLOCK = 64;

	private static final String WORDS = IntStream.range(0, 100)
		.mapToObj(Integer::toString)
		.collect(Collectors.joining(" "));

	private static @Nullable PromptBlocks read(String body) {
		byte[] padded = ("..." + body + "...").getBytes(StandardCharsets.UTF_8);
		return new PromptReader(BLOCK, 800).read(new EncodedBody(padded, 3, padded.length - 6));
	}

	private static PromptBlocks chat(String model, String content) {
		PromptBlocks read = read("{\"model\": \"" + model + "\", \"messages\": [{\"role\": \"user\", \"content\": \""
				+ content + "\"}]}");
		assertThat(read).isNotNull();
		return read;
	}

	private static int common(PromptBlocks one, PromptBlocks other) {
		int mismatch = Arrays.mismatch(one.hashes(), other.hashes());
		return (mismatch < 0) ? one.hashes().length : mismatch;
	}

	@Test
	void promptsHaveTheBlocksOfTheirCommonPrefix() {
		PromptBlocks one = chat("qwen", WORDS + " and this");
		PromptBlocks other = chat("qwen", WORDS + " or something else that is longer than a whole block of this size");
		assertThat(common(one, other)).isGreaterThanOrEqualTo(WORDS.length() / BLOCK).isLessThan(other.hashes().length);
		assertThat(one.hash()).isNotEqualTo(other.hash());
	}

	@Test
	void promptsOfDifferentModelsHaveNothingInCommon() {
		assertThat(common(chat("qwen", WORDS), chat("glm", WORDS))).isZero();
	}

	@Test
	void orderOfTheKeysDoesNotMatter() {
		String messages = "\"messages\": [{\"role\": \"user\", \"content\": \"" + WORDS + "\"}]";
		String tools = "\"tools\": [{\"type\": \"function\", \"function\": {\"name\": \"" + WORDS + "\"}}]";
		PromptBlocks one = read("{" + messages + ", " + tools + ", \"n\": [1, {\"m\": 2}], \"model\": \"qwen\"}");
		PromptBlocks other = read("{\"model\": \"qwen\", \"stream\": true, " + tools + ", " + messages + "}");
		assertThat(one).isNotNull();
		assertThat(other).isNotNull();
		assertThat(one.hashes()).isEqualTo(other.hashes()).hasSizeGreaterThan(2 * WORDS.length() / BLOCK - 1);
		assertThat(one.hash()).isEqualTo(other.hash());
	}

	@Test
	void toolsComeBeforeMessages() {
		String messages = "\"messages\": [{\"role\": \"user\", \"content\": \"" + WORDS + "\"}]";
		PromptBlocks one = read("{\"tools\": [\"a\"], " + messages + "}");
		PromptBlocks other = read("{\"tools\": [\"b\"], " + messages + "}");
		assertThat(common(one, other)).isZero();
	}

	@Test
	void contentMayBeInParts() {
		assertThat(read("{\"messages\": [{\"content\": [{\"type\": \"text\", \"text\": \"" + WORDS + "\"}]}]}"))
			.isNotNull();
		assertThat(read("{\"prompt\": [\"" + WORDS + "\", \"more\"]}")).isNotNull();
		assertThat(read(" {\"prompt\": \"" + WORDS + "\"}")).isNotNull();
	}

	@Test
	void tokensAreAQuarterOfTheBytes() {
		assertThat(read("{\"prompt\": \"" + "abcd".repeat(1000) + "\"}").tokens()).isCloseTo(1000, within(10.0));
		assertThat(read("{\"prompt\": \"" + "你好".repeat(1000) + "\"}").tokens()).isCloseTo(1500, within(10.0));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "  ", "[1, 2]", "\"messages\"", "{}", "{\"instances\": [[1.0, 2.0]]}",
			"{\"messages\": 7}", "{\"prompt\": null}", "{\"a\": {\"messages\": [\"x\"]}}", "{\"messages\": [",
			"{\"messages\": [\"x\"], ", "plain text", "{not json}" })
	void anythingElseIsNoPrompt(String body) {
		assertThat(read(body)).isNull();
	}

}
