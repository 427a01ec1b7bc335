package io.eas.emulator.llm;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.ObjLongConsumer;
import java.util.stream.Stream;

/**
 * The sequences that are decoded together. Steps are counted rather than performed: while
 * no sequence joins or leaves, all steps take the same time. Not thread-safe.
 */
class DecodeBatch {

	private final long stepBase;

	private final long stepPerSequence;

	private final PriorityQueue<Sequence> sequences = new PriorityQueue<>(
			Comparator.<Sequence>comparingLong((sequence) -> sequence.lastStep)
				.thenComparingLong((sequence) -> sequence.number));

	/** The number of steps that have ended. */
	private long steps;

	/** The time when the current step ends. */
	private long stepEnd = InferenceEngine.NEVER;

	/**
	 * Creates an empty batch.
	 * @param stepBase the part of a step's time that doesn't depend on the batch, in
	 * nanoseconds
	 * @param stepPerSequence the time that each sequence adds to a step, in nanoseconds
	 */
	DecodeBatch(long stepBase, long stepPerSequence) {
		this.stepBase = stepBase;
		this.stepPerSequence = stepPerSequence;
	}

	/**
	 * Adds a sequence that needs at least one step. It is decoded from the next step on.
	 */
	void join(Sequence sequence, long time) {
		boolean idle = this.sequences.isEmpty();
		sequence.lastStep = this.steps + sequence.outputTokens() - (idle ? 1 : 0);
		this.sequences.add(sequence);
		if (idle) {
			this.stepEnd = time + stepTime();
		}
	}

	/**
	 * Removes a sequence if it is in the batch. The current step of the other sequences
	 * doesn't become shorter.
	 */
	void remove(Sequence sequence) {
		if (this.sequences.remove(sequence) && this.sequences.isEmpty()) {
			this.stepEnd = InferenceEngine.NEVER;
		}
	}

	/**
	 * Runs the steps that end by the given time. No sequence may join before that time.
	 */
	void advance(long time, ObjLongConsumer<Sequence> ended) {
		while (this.stepEnd <= time) {
			long count = Math.min(stepsLeft(), 1 + (time - this.stepEnd) / stepTime());
			this.steps += count;
			long over = this.stepEnd + (count - 1) * stepTime();
			while (!this.sequences.isEmpty() && stepsLeft() == 0) {
				ended.accept(this.sequences.remove(), over);
			}
			this.stepEnd = this.sequences.isEmpty() ? InferenceEngine.NEVER : over + stepTime();
		}
	}

	/** Returns when the first sequence ends if no sequence joins or leaves before. */
	long nextEnd() {
		return this.sequences.isEmpty() ? InferenceEngine.NEVER : this.stepEnd + (stepsLeft() - 1) * stepTime();
	}

	long stepEnd() {
		return this.stepEnd;
	}

	/**
	 * Returns the number of tokens generated so far for a sequence that has joined or has
	 * ended.
	 */
	int tokens(Sequence sequence) {
		long left = Math.max(0, sequence.lastStep - this.steps);
		return (int) Math.max(1, sequence.outputTokens() - left);
	}

	int size() {
		return this.sequences.size();
	}

	Stream<Sequence> stream() {
		return this.sequences.stream();
	}

	/**
	 * Returns the number of steps until the first sequence ends, including the current
	 * step.
	 */
	private long stepsLeft() {
		return this.sequences.element().lastStep - this.steps;
	}

	/** Returns the time of a step that begins now with all sequences of the batch. */
	private long stepTime() {
		return Math.max(1, this.stepBase + this.stepPerSequence * this.sequences.size());
	}

}
