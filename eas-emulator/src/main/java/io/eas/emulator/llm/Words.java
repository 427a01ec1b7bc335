package io.eas.emulator.llm;

import java.util.List;
import java.util.Random;

/**
 * The model's answer: random words, the same for the same prompt. Each word is a token.
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

	/** Returns the length of the answer, in tokens, if the request doesn't limit it. */
	int length() {
		return this.length;
	}

	/**
	 * Returns the text of the next token, with a space before it unless it is the first
	 * one.
	 */
	String next(int token) {
		return ((token > 0) ? " " : "") + WORDS.get(this.random.nextInt(WORDS.size()));
	}

}
