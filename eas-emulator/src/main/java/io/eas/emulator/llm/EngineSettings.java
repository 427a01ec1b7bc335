package io.eas.emulator.llm;

import java.time.Duration;

import io.eas.emulator.net.Assert;

/**
 * The speed and the capacity of an inference engine. The defaults resemble a model of
 * about 7 billion parameters on one data-center GPU.
 *
 * @param prefillRate prompt tokens computed per second, more than 0
 * @param stepBase the part of a decode step that doesn't depend on the batch
 * @param stepPerSequence the time that each sequence of the batch adds to a decode step
 * @param blockSize tokens per block of the prefix cache, 1 or more
 * @param cacheBlocks blocks that the prefix cache holds, 0 or more
 * @param maxRunning sequences in prefill and decode at once, 1 or more
 * @param maxQueue sequences that wait at once, 0 or more; further ones are refused
 */
public record EngineSettings(double prefillRate, Duration stepBase, Duration stepPerSequence, int blockSize,
		int cacheBlocks, int maxRunning, int maxQueue) {

	/** Checks the ranges. */
	public EngineSettings {
		Assert.isTrue(prefillRate > 0 && Double.isFinite(prefillRate),
				"the prefill rate must be more than 0 tokens per second, was " + prefillRate);
		stepBase = Assert.delay(stepBase);
		stepPerSequence = Assert.delay(stepPerSequence);
		atLeast(1, "block size", blockSize);
		atLeast(0, "number of cache blocks", cacheBlocks);
		atLeast(1, "number of running sequences", maxRunning);
		atLeast(0, "number of waiting sequences", maxQueue);
	}

	private static void atLeast(int least, String what, int value) {
		Assert.isTrue(value >= least, "the " + what + " must be " + least + " or more, was " + value);
	}

	/**
	 * Creates a builder with the defaults.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Builds the settings; a value that isn't set has its default. Not thread-safe.
	 */
	public static final class Builder {

		private double prefillRate = 8000;

		private Duration stepBase = Duration.ofMillis(12);

		private Duration stepPerSequence = Duration.ofNanos(400_000);

		private int blockSize = 512;

		private int cacheBlocks = 800;

		private int maxRunning = 64;

		private int maxQueue = 64;

		private Builder() {
		}

		/**
		 * Sets the speed of prefill.
		 * @param prefillRate tokens per second; 8000 unless set
		 * @return this
		 */
		public Builder prefillRate(double prefillRate) {
			this.prefillRate = prefillRate;
			return this;
		}

		/**
		 * Sets the time of a decode step.
		 * @param base the part that doesn't depend on the batch; 12 ms unless set
		 * @param perSequence the time that each sequence of the batch adds; 0.4 ms unless
		 * set
		 * @return this
		 */
		public Builder step(Duration base, Duration perSequence) {
			this.stepBase = base;
			this.stepPerSequence = perSequence;
			return this;
		}

		/**
		 * Sets the size of a block of the prefix cache.
		 * @param blockSize in tokens; 512 unless set
		 * @return this
		 */
		public Builder blockSize(int blockSize) {
			this.blockSize = blockSize;
			return this;
		}

		/**
		 * Sets the size of the prefix cache.
		 * @param cacheBlocks in blocks; 800 unless set; 0 caches nothing
		 * @return this
		 */
		public Builder cacheBlocks(int cacheBlocks) {
			this.cacheBlocks = cacheBlocks;
			return this;
		}

		/**
		 * Limits the sequences in prefill and decode.
		 * @param maxRunning how many at once; 64 unless set
		 * @return this
		 */
		public Builder maxRunning(int maxRunning) {
			this.maxRunning = maxRunning;
			return this;
		}

		/**
		 * Limits the queue.
		 * @param maxQueue how many wait at once; 64 unless set
		 * @return this
		 */
		public Builder maxQueue(int maxQueue) {
			this.maxQueue = maxQueue;
			return this;
		}

		/**
		 * Builds the settings.
		 * @return checked settings
		 * @throws IllegalArgumentException if a value is out of its range
		 */
		public EngineSettings build() {
			return new EngineSettings(this.prefillRate, this.stepBase, this.stepPerSequence, this.blockSize,
					this.cacheBlocks, this.maxRunning, this.maxQueue);
		}

	}

}
