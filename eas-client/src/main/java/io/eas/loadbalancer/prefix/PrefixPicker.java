package io.eas.loadbalancer.prefix;

import java.util.Collections;

import io.eas.instance.EasInstance;
import io.eas.loadbalancer.Candidates;
import io.eas.loadbalancer.InstancePicker;
import io.eas.loadbalancer.InstanceState;
import io.eas.loadbalancer.RequestLoad;
import io.eas.loadbalancer.TriedInstances;
import io.eas.loadbalancer.hash.HashPicker;
import org.jspecify.annotations.Nullable;

/**
 * Picks instances of one list by the tokens that they have to compute before they respond
 * to a prompt. See {@link PrefixAware}. A pick compares a {@link PickSample}, and
 * allocates nothing. Thread-safe.
 */
final class PrefixPicker implements InstancePicker {

	/** The number of owners that are tried before a prompt has no home. */
	private static final int MOST_OWNERS = 8;

	/**
	 * The weight of the uncached tokens of a new prompt, relative to tokens that already
	 * wait.
	 */
	private static final double UNCACHED = 1.5;

	/** The number of tokens for which a running sequence counts. */
	private static final double RUNNING = 50;

	/**
	 * The fraction of an unknown prefix that its home is expected to have cached for
	 * other clients.
	 */
	private static final double AT_HOME = 0.2;

	/**
	 * The fraction that is added for any home. It decides only between otherwise equal
	 * instances.
	 */
	private static final double AT_HOME_ALONE = 0.01;

	private final PrefixAware algorithm;

	private final Candidates candidates;

	private final InstanceState[] states;

	private final long[] hashes;

	private final double[] weights;

	private final PromptQueue[] queues;

	/**
	 * The number of first blocks of the current prompt that each instance knows; guarded
	 * by the lock.
	 */
	private final int[] matches;

	/** Guarded by the lock. */
	private final PickSample sample;

	private final PromptStatistics statistics;

	private final CommonPrefixes prefixes;

	private final HashPicker keyed;

	private final InstancePicker promptless;

	PrefixPicker(PrefixAware algorithm, Candidates candidates, PromptQueue[] queues, HashPicker keyed,
			InstancePicker promptless) {
		this.algorithm = algorithm;
		this.candidates = candidates;
		this.states = candidates.states().toArray(InstanceState[]::new);
		this.queues = queues;
		this.matches = new int[queues.length];
		this.sample = new PickSample(candidates, keyed);
		this.statistics = algorithm.statistics;
		this.prefixes = algorithm.prefixes;
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
		load.unpicked();
		PromptBlocks prompt = load.prompt;
		int held = this.sample.holders(this.algorithm.holders, prompt.hashes());
		int known = match(prompt.hashes(), 0, held);
		int common = this.prefixes.isCommon(prompt, known) ? known : 0;
		int home = home(key(prompt, common), tried);
		this.sample.others(held, home);
		match(prompt.hashes(), held, this.sample.size());
		double trust = this.statistics.trust();
		double atHome = 1 - AT_HOME_ALONE - AT_HOME * trust * this.statistics.others();
		double unexplained = this.statistics.unexplained();
		int best = -1;
		double least = 0;
		for (int i = 0; i < this.sample.size(); i++) {
			int index = this.sample.index(i);
			if (!isUsable(index, tried)) {
				continue;
			}
			PromptQueue queue = this.queues[index];
			if (this.candidates.isOnTrial(this.states[index])) {
				this.matches[index] = 0;
				best = index;
				break;
			}
			int cached = this.matches[index];
			double uncached = prompt.tokensAfter(Math.max(cached, common))
					* ((index == home && cached <= common) ? atHome : 1);
			double tokens = queue.ownTokens(now) + trust * queue.othersTokens(now)
					+ unexplained * queue.recentTokens(now) + UNCACHED * uncached + RUNNING * queue.running();
			double score = tokens / this.weights[index];
			if (best < 0 || score < least) {
				best = index;
				least = score;
			}
		}
		if (best >= 0) {
			load.picked(this.states[best], this.queues[best], now, this.matches[best], common, known);
		}
		return best;
	}

	/**
	 * Counts the first blocks of a prompt that each instance of a part of the sample
	 * knows, and returns the maximum.
	 */
	private int match(long[] hashes, int from, int to) {
		int most = 0;
		for (int i = from; i < to; i++) {
			int index = this.sample.index(i);
			this.matches[index] = this.queues[index].index.match(hashes);
			most = Math.max(most, this.matches[index]);
		}
		return most;
	}

	/**
	 * Returns whether an instance may be picked. On a trial, also forgets the blocks of
	 * the instance, since it may have come back as another process.
	 */
	private boolean isUsable(int index, TriedInstances tried) {
		if (this.candidates.isOnTrial(this.states[index])) {
			this.queues[index].forget();
		}
		return mayBePicked(index, tried);
	}

	private boolean mayBePicked(int index, TriedInstances tried) {
		InstanceState state = this.states[index];
		return this.weights[index] > 0 && this.candidates.admits(state) && !tried.contains(state.instance());
	}

	/**
	 * Returns the hash of the first block that isn't common, or of the whole prompt if
	 * there is no such block.
	 */
	private static long key(PromptBlocks prompt, int common) {
		long[] blocks = prompt.hashes();
		return (common < blocks.length) ? blocks[common] : prompt.hash();
	}

	/**
	 * Returns the home of a key among the instances that may be picked; -1 if none is
	 * found.
	 */
	private int home(long key, TriedInstances tried) {
		return this.sample.isAll() ? rendezvous(key, tried) : owner(key, tried);
	}

	/** The first usable instance of the owners of a sequence of hashes. */
	private int owner(long key, TriedInstances tried) {
		long hash = key;
		for (int n = 0; n < MOST_OWNERS; n++) {
			hash = BlockHasher.mix(hash + 1);
			int index = this.keyed.owner(hash);
			if (mayBePicked(index, tried)) {
				return index;
			}
		}
		return -1;
	}

	/** Weighted rendezvous hashing, over the instances that may be picked. */
	private int rendezvous(long key, TriedInstances tried) {
		int home = -1;
		double highest = 0;
		for (int index = 0; index < this.states.length; index++) {
			if (mayBePicked(index, tried)) {
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
