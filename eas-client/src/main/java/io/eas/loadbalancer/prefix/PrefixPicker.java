package io.eas.loadbalancer.prefix;

import java.util.Collections;

import io.eas.instance.EasInstance;
import io.eas.loadbalancer.Candidates;
import io.eas.loadbalancer.InstancePicker;
import io.eas.loadbalancer.InstanceState;
import io.eas.loadbalancer.RequestLoad;
import io.eas.loadbalancer.TriedInstances;
import org.jspecify.annotations.Nullable;

/**
 * Picks instances of one list by what they have to compute before a prompt is answered.
 * See {@link PrefixAware}. A pick looks at all of them, and allocates nothing.
 * Thread-safe.
 */
final class PrefixPicker implements InstancePicker {

	/** How much the uncached part of a prompt counts beside what waits already. */
	private static final double UNCACHED = 1.5;

	/** What a running sequence counts, in tokens. */
	private static final double RUNNING = 50;

	/**
	 * What sequences beyond the share of an instance count, in tokens, for the square of
	 * their number: so many that no prefix that all prompts have in common, however long,
	 * fills one instance while others idle.
	 */
	private static final double CROWDED = 400;

	/** The number of sequences that no instance has too many of. */
	private static final double FEW = 8;

	/** The part of an unknown prefix that its home is expected to have cached. */
	private static final double AT_HOME = 0.2;

	/** As before, where nobody else is known to call: decides between equals. */
	private static final double AT_HOME_ALONE = 0.01;

	private final PrefixAware algorithm;

	private final Candidates candidates;

	private final InstanceState[] states;

	private final long[] hashes;

	private final double[] weights;

	private final PromptQueue[] queues;

	private final PromptStatistics statistics;

	private final InstancePicker keyed;

	private final InstancePicker promptless;

	PrefixPicker(PrefixAware algorithm, Candidates candidates, PromptQueue[] queues, PromptStatistics statistics,
			InstancePicker keyed, InstancePicker promptless) {
		this.algorithm = algorithm;
		this.candidates = candidates;
		this.states = candidates.states().toArray(InstanceState[]::new);
		this.queues = queues;
		this.statistics = statistics;
		this.keyed = keyed;
		this.promptless = promptless;
		this.hashes = new long[this.states.length];
		this.weights = new double[this.states.length];
		for (int i = 0; i < this.states.length; i++) {
			EasInstance instance = this.states[i].instance();
			this.hashes[i] = BlockHasher.mix(instance.address().hashCode());
			this.weights[i] = (candidates.weight() > 0)
					? instance.weight() * (double) candidates.carrying() / candidates.weight() : 1;
		}
	}

	/** Returns whether there is more than one instance. */
	boolean hasChoice() {
		return this.states.length > 1;
	}

	@Nullable PromptQueue queueOf(EasInstance instance) {
		int index = Collections.binarySearch(this.candidates.list().instances(), instance);
		return (index >= 0) ? this.queues[index] : null;
	}

	@Override
	public InstanceState pick(TriedInstances tried, @Nullable String hashKey) {
		return ((hashKey != null) ? this.keyed : this.promptless).pick(tried, hashKey);
	}

	@Override
	public InstanceState pick(TriedInstances tried, @Nullable String hashKey, RequestLoad load) {
		if (hashKey != null || !(load instanceof PromptLoad prompt)) {
			return pick(tried, hashKey);
		}
		long now = this.algorithm.lock();
		try {
			int index = choose(tried, prompt, now);
			return (index >= 0) ? this.states[index] : this.promptless.pick(tried, null);
		}
		finally {
			this.algorithm.unlock();
		}
	}

	private int choose(TriedInstances tried, PromptLoad load, long now) {
		PromptBlocks prompt = load.prompt;
		int shared = sharedBlocks(prompt.hashes());
		int home = home(key(prompt, shared), tried);
		double trust = this.statistics.trust();
		double atHome = 1 - AT_HOME_ALONE - AT_HOME * trust * this.statistics.others();
		double unexplained = this.statistics.unexplained();
		double share = sequencesPerWeight();
		int best = -1;
		double least = 0;
		int cached = 0;
		for (int index = 0; index < this.states.length; index++) {
			if (!isUsable(index, tried)) {
				continue;
			}
			PromptQueue queue = this.queues[index];
			if (this.candidates.isOnTrial(this.states[index])) {
				best = index;
				cached = 0;
				break;
			}
			int known = queue.index.match(prompt.hashes());
			double uncached = prompt.tokensAfter(known) * ((index == home && known <= shared) ? atHome : 1);
			double excess = Math.max(0, queue.sequences() - Math.max(FEW, share * this.weights[index]));
			double tokens = queue.ownTokens(now) + trust * queue.othersTokens(now)
					+ unexplained * queue.recentTokens(now) + UNCACHED * uncached + RUNNING * queue.running()
					+ CROWDED * excess * excess;
			double score = tokens / this.weights[index];
			if (best < 0 || score < least) {
				best = index;
				least = score;
				cached = known;
			}
		}
		if (best >= 0) {
			PromptQueue queue = this.queues[best];
			load.picked(this.states[best], queue, cached, queue.ownTokens(now),
					queue.isReported() ? queue.othersTokens(now) : -1);
		}
		return best;
	}

	/** Returns the average number of sequences of the instances in use. */
	private double sequencesPerWeight() {
		double sequences = 0;
		double weight = 0;
		for (int index = 0; index < this.states.length; index++) {
			if (this.weights[index] > 0 && this.candidates.admits(this.states[index])) {
				sequences += this.queues[index].sequences();
				weight += this.weights[index];
			}
		}
		return (weight > 0) ? sequences / weight : 0;
	}

	/** An ejected instance may come back as another process, so its blocks are lost. */
	private boolean isUsable(int index, TriedInstances tried) {
		InstanceState state = this.states[index];
		if (this.candidates.isOnTrial(state)) {
			this.queues[index].forget();
		}
		return this.weights[index] > 0 && this.candidates.admits(state) && !tried.contains(state.instance());
	}

	/**
	 * Returns the number of first blocks that more than half of the instances have, such
	 * as those of a system prompt. Fewer instances have longer prefixes, so bisection
	 * finds it.
	 */
	private int sharedBlocks(long[] blocks) {
		int shared = 0;
		int distinct = blocks.length + 1;
		while (distinct - shared > 1) {
			int middle = (shared + distinct) >>> 1;
			if (isShared(blocks[middle - 1])) {
				shared = middle;
			}
			else {
				distinct = middle;
			}
		}
		return shared;
	}

	private boolean isShared(long block) {
		int having = 0;
		for (PromptQueue queue : this.queues) {
			if (queue.index.contains(block)) {
				having++;
			}
		}
		return 2 * having > this.queues.length;
	}

	/** Returns the hash of the first block that isn't shared, or of the whole prompt. */
	private static long key(PromptBlocks prompt, int shared) {
		long[] blocks = prompt.hashes();
		return (shared < blocks.length) ? blocks[shared] : prompt.hash();
	}

	/** Weighted rendezvous hashing, over the instances that may be picked. */
	private int home(long key, TriedInstances tried) {
		int home = -1;
		double highest = 0;
		for (int index = 0; index < this.states.length; index++) {
			InstanceState state = this.states[index];
			if (this.weights[index] > 0 && this.candidates.admits(state) && !tried.contains(state.instance())) {
				// uniform in (0, 1)
				double drawn = ((BlockHasher.mix(key ^ this.hashes[index]) >>> 11) + 0.5) * 0x1.0p-53;
				double score = -this.weights[index] / Math.log(drawn);
				if (score > highest) {
					highest = score;
					home = index;
				}
			}
		}
		return home;
	}

}
