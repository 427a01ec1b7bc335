package io.eas.emulator.llm;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.ObjLongConsumer;
import java.util.stream.Stream;

/**
 * The sequences that are decoded together. Steps are counted rather than performed: while
 * nobody joins or leaves, all steps take the same time. Not thread-safe.
 */
class DecodeBatch {

	private final long stepBase;

	private final long stepPerSequence;

	private final PriorityQueue<Sequence> sequences = new PriorityQueue<>(
			Comparator.<Sequence>comparingLong((sequence) -> sequence.lastStep)
				.thenComparingLong((sequence) -> sequence.number));

	/** Steps that are over. */
	private long steps;

	/** When the step under way is over. */
	private long stepEnd = InferenceEngine.NEVER;

	/**
	 * An empty batch.
	 * @param stepBase what a step takes for any batch, in nanoseconds
	 * @param stepPerSequence what each sequence adds to it
	 */
	DecodeBatch(long stepBase, long stepPerSequence) {
		this.stepBase = stepBase;
		this.stepPerSequence = stepPerSequence;
	}

	/** Takes in a sequence that needs at least one step, from the next step on. */
	void join(Sequence sequence, long time) {
		boolean idle = this.sequences.isEmpty();
		sequence.lastStep = this.steps + sequence.outputTokens() - (idle ? 1 : 0);
		this.sequences.add(sequence);
		if (idle) {
			this.stepEnd = time + stepTime();
		}
	}

	/**
	 * Drops a sequence, if it is here; the step under way takes its time nevertheless.
	 */
	void remove(Sequence sequence) {
		if (this.sequences.remove(sequence) && this.sequences.isEmpty()) {
			this.stepEnd = InferenceEngine.NEVER;
		}
	}

	/** Runs the steps that are over by a time before which no sequence joins. */
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

	/** When the first sequence ends, if nobody joins or leaves before. */
	long nextEnd() {
		return this.sequences.isEmpty() ? InferenceEngine.NEVER : this.stepEnd + (stepsLeft() - 1) * stepTime();
	}

	long stepEnd() {
		return this.stepEnd;
	}

	/** What has been generated for a sequence that has joined, or has ended. */
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

	/** Steps until the first sequence ends, the one under way included. */
	private long stepsLeft() {
		return this.sequences.element().lastStep - this.steps;
	}

	/** What a step takes that begins now, with all that have joined. */
	private long stepTime() {
		return Math.max(1, this.stepBase + this.stepPerSequence * this.sequences.size());
	}

}
