package io.eas.emulator.llm;

import java.util.List;
import java.util.Random;

/**
 * What the model says: words at random, the same for the same prompt. Each is a token.
 */
final class Words {

	private static final int SHORTEST = 16;

	private static final int LONGEST = 64;

	private static final List<String> WORDS = List.of("the", "local", "model", "knows", "nothing", "and", "answers",
			"anyway", "with", "words", "from", "a", "list", "so", "that", "clients", "see", "a", "stream", "of",
			"tokens", "你好", "世界", "模型", "回答", "流式", "naïve", "café", "Grüße", "привет", "🙂", "🚀");

	private final Random random;

	private final int length;

	Words(long seed) {
		this.random = new Random(seed);
		this.length = this.random.nextInt(SHORTEST, LONGEST + 1);
	}

	/** How long its answer is if nobody limits it. */
	int length() {
		return this.length;
	}

	/** The text of the next token, with the space before it. */
	String next(int token) {
		return ((token > 0) ? " " : "") + WORDS.get(this.random.nextInt(WORDS.size()));
	}

}
