package io.eas.benchmarks.llm;

import java.util.Iterator;
import java.util.LinkedHashSet;

/**
 * Picks the engine that will produce the first token of a request earliest. Predicts the
 * queue and the cache of each engine from the requests sent to it. Doesn't consider
 * future requests. Not thread-safe.
 */
final class Oracle {

	private final Copy[] engines;

	private final double rate;

	/**
	 * Creates an oracle.
	 * @param engines the number of engines
	 * @param cacheBlocks the number of blocks in the cache of each engine
	 * @param rate the number of prompt tokens that each engine computes per second
	 */
	Oracle(int engines, int cacheBlocks, double rate) {
		this.rate = rate;
		this.engines = new Copy[engines];
		for (int i = 0; i < engines; i++) {
			this.engines[i] = new Copy(cacheBlocks);
		}
	}

	/** Picks the engine that answers first. */
	int pick(Trace.Request request, boolean[] tried, double seconds) {
		int best = -1;
		double least = 0;
		for (int i = 0; i < this.engines.length; i++) {
			double end = this.engines[i].end(request, seconds);
			if (!tried[i] && (best < 0 || end < least)) {
				best = i;
				least = end;
			}
		}
		return best;
	}

	/** Records that a request was sent to an engine. */
	void sent(int engine, Trace.Request request, double seconds) {
		this.engines[engine].take(request, seconds);
	}

	/** Records that a new engine has replaced another one. */
	void replaced(int engine) {
		this.engines[engine] = new Copy(this.engines[engine].capacity);
	}

	/** The predicted state of an engine after all requests sent to it. */
	private final class Copy {

		private final int capacity;

		private final LinkedHashSet<Long> blocks = new LinkedHashSet<>();

		private double busyUntil;

		Copy(int capacity) {
			this.capacity = capacity;
		}

		double end(Trace.Request request, double seconds) {
			int cached = 0;
			while (cached < request.blocks().length && this.blocks.contains(request.blocks()[cached])) {
				cached++;
			}
			double uncached = Math.max(1, request.inputTokens() - (double) Trace.BLOCK * cached);
			return Math.max(seconds, this.busyUntil) + uncached / Oracle.this.rate;
		}

		void take(Trace.Request request, double seconds) {
			this.busyUntil = end(request, seconds);
			for (int i = request.blocks().length - 1; i >= 0; i--) {
				this.blocks.remove(request.blocks()[i]);
				this.blocks.add(request.blocks()[i]);
			}
			Iterator<Long> oldest = this.blocks.iterator();
			for (int surplus = this.blocks.size() - this.capacity; surplus > 0; surplus--) {
				oldest.next();
				oldest.remove();
			}
		}

	}

}
