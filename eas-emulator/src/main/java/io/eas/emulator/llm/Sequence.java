package io.eas.emulator.llm;

import java.util.Objects;

/**
 * A prompt with the tokens that an {@link InferenceEngine} generates for it. Belongs to
 * that engine. Not thread-safe.
 */
public final class Sequence {

	/** The sequence's number in the order of arrival. */
	final long number;

	final long[] blocks;

	private final int promptTokens;

	private final int outputTokens;

	int cachedTokens;

	/** The decode step with which the sequence ends, counted from the engine's start. */
	long lastStep = InferenceEngine.NEVER;

	boolean over;

	Sequence(long number, int promptTokens, int outputTokens, long[] blocks) {
		this.number = number;
		this.promptTokens = promptTokens;
		this.outputTokens = outputTokens;
		this.blocks = Objects.requireNonNull(blocks);
	}

	/**
	 * Returns the length of the prompt.
	 * @return in tokens
	 */
	public int promptTokens() {
		return this.promptTokens;
	}

	/**
	 * Returns the length of the output to generate.
	 * @return in tokens
	 */
	public int outputTokens() {
		return this.outputTokens;
	}

	/**
	 * Returns how much of the prompt was found in the prefix cache.
	 * @return in tokens; 0 before prefill
	 */
	public int cachedTokens() {
		return this.cachedTokens;
	}

}
