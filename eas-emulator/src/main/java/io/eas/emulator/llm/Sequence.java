package io.eas.emulator.llm;

import java.util.Objects;

/**
 * A prompt with the tokens that an {@link InferenceEngine} generates for it. Belongs to
 * that engine and is as little thread-safe.
 */
public final class Sequence {

	/** In the order of arrival. */
	final long number;

	final long[] blocks;

	private final int promptTokens;

	private final int outputTokens;

	int cachedTokens;

	/** The decode step with which it ends, counted from the engine's start. */
	long lastStep = InferenceEngine.NEVER;

	boolean over;

	Sequence(long number, int promptTokens, int outputTokens, long[] blocks) {
		this.number = number;
		this.promptTokens = promptTokens;
		this.outputTokens = outputTokens;
		this.blocks = Objects.requireNonNull(blocks);
	}

	/**
	 * The length of the prompt.
	 * @return in tokens
	 */
	public int promptTokens() {
		return this.promptTokens;
	}

	/**
	 * How much is generated for it.
	 * @return in tokens
	 */
	public int outputTokens() {
		return this.outputTokens;
	}

	/**
	 * What prefill found in the prefix cache.
	 * @return in tokens; 0 before prefill
	 */
	public int cachedTokens() {
		return this.cachedTokens;
	}

}
