package io.eas.loadbalancer.prefix;

import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

import io.eas.http.EncodedBody;
import io.eas.instance.EasInstance;
import io.eas.loadbalancer.Candidates;
import io.eas.loadbalancer.InstancePicker;
import io.eas.loadbalancer.InstanceState;
import io.eas.loadbalancer.RequestLoad;
import io.eas.loadbalancer.hash.ConsistentHash;
import io.eas.loadbalancer.weighted.WeightedRoundRobin;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Picks, for a request to a language model, the instance that is expected to respond
 * first. This is the instance with the fewest prompt tokens to compute: the tokens of the
 * prompts that wait on the instance, and the tokens of the new prompt that the instance
 * hasn't computed before. The client knows both from its own calls; {@link #report
 * reports} of engines add the requests of other clients. Calls with a hash key are
 * distributed by {@link ConsistentHash}, and all other calls by least request.
 *
 * <p>
 * The estimate for an instance is the sum of these numbers of tokens:
 *
 * <ul>
 * <li>the waiting prompts of this client, less the tokens that must have been computed by
 * now
 * <li>the waiting prompts of other clients, as far as signals have proved to be right
 * <li>the prompts that this client has sent to the instance lately, as far as its waits
 * can't be explained otherwise; this spreads the load of clients that know nothing of
 * each other
 * <li>the uncached part of the new prompt, multiplied by 1.5, since it also delays the
 * prompts that follow
 * <li>a small number for each running sequence
 * </ul>
 *
 * <p>
 * A new prefix has a home, which is the instance that rendezvous hashing (Thaler and
 * Ravishankar, 1998) assigns to it. So clients agree without communication. A prefix that
 * many prompts have in common is treated differently: a home would lead all these prompts
 * to one instance, and if its tokens counted, the prompts would stay there while other
 * instances are idle. So each instance should cache a common prefix. On an instance that
 * hasn't cached it, its tokens don't count, because computing them once pays off with the
 * prompts that follow. The home of such a prompt is the home of its first block after the
 * common prefix. A prefix is common if its share of the prompts is several times the
 * share of a cache that it takes. Many different system prompts therefore still have
 * homes, where they stay cached; see {@code CommonPrefixes}.
 *
 * <p>
 * An object serves one service, and is thread-safe. Each pick, and each start and end of
 * an attempt, holds a lock. A pick compares at most 64 instances. A start takes a time
 * that grows with the number of blocks of the prompt.
 */
public final class PrefixAware implements InstancePicker.Factory {

	private static final Log log = LogFactory.getLog(PrefixAware.class);

	private final PromptReader reader;

	private final int blocks;

	/** Whether requests ask for the load of the engine in a header of the response. */
	final boolean loadHeader;

	private final ConsistentHash keyed;

	private final InstancePicker.Factory promptless;

	private final LongSupplier nanoTime;

	private final ReentrantLock lock = new ReentrantLock();

	/** Guarded by the lock. */
	final PromptStatistics statistics = new PromptStatistics();

	/** Guarded by the lock. */
	final CommonPrefixes prefixes;

	/** Guarded by the lock; an instance that is no longer listed is forgotten. */
	private final Map<InstanceState, PromptQueue> queues = new WeakHashMap<>();

	/** Guarded by the lock; null if a pick looks at all instances anyway. */
	@Nullable BlockHolders holders;

	private volatile @Nullable PrefixPicker newest;

	/**
	 * Creates the algorithm of one service.
	 * @param settings the settings
	 * @param random the source of random numbers for calls without a prompt
	 * @param nanoTime the clock, in nanoseconds from any origin
	 */
	public PrefixAware(PrefixSettings settings, RandomGenerator random, LongSupplier nanoTime) {
		this(settings, SignalSettings.Source.NONE, random, nanoTime);
	}

	/**
	 * Creates the algorithm of one service.
	 * @param settings the settings
	 * @param signals where engines report their load; for
	 * {@link SignalSettings.Source#METRICS}, the caller passes the load to
	 * {@link #report}
	 * @param random the source of random numbers for calls without a prompt
	 * @param nanoTime the clock, in nanoseconds from any origin
	 */
	public PrefixAware(PrefixSettings settings, SignalSettings.Source signals, RandomGenerator random,
			LongSupplier nanoTime) {
		this.loadHeader = signals == SignalSettings.Source.HEADER;
		this.reader = new PromptReader(settings.blockSize(), settings.blocks());
		this.blocks = settings.blocks();
		this.keyed = new ConsistentHash(random);
		this.promptless = WeightedRoundRobin.leastRequest(random);
		this.nanoTime = nanoTime;
		this.prefixes = new CommonPrefixes(settings.blocks());
	}

	@Override
	public InstancePicker create(Candidates candidates) {
		PromptQueue[] known = new PromptQueue[candidates.states().size()];
		this.lock.lock();
		try {
			for (int i = 0; i < known.length; i++) {
				known[i] = queue(candidates.states().get(i));
			}
			this.holders = holders(candidates, known);
		}
		finally {
			this.lock.unlock();
		}
		PrefixPicker created = new PrefixPicker(this, candidates, known, this.keyed.create(candidates),
				this.promptless.create(candidates));
		this.newest = created;
		return created;
	}

	/** Returns the table for a list, made anew only if it is too small. */
	private @Nullable BlockHolders holders(Candidates candidates, PromptQueue[] known) {
		if (known.length <= PickSample.MOST) {
			return null;
		}
		long blocks = (long) known.length * this.blocks;
		if (this.holders != null && this.holders.fits(blocks)) {
			return this.holders;
		}
		BlockHolders created = new BlockHolders(blocks);
		for (int i = 0; i < known.length; i++) {
			known[i].index.addTo(created, candidates.states().get(i).instance().hashCode());
		}
		return created;
	}

	@Override
	public @Nullable RequestLoad read(EncodedBody body) {
		PrefixPicker known = this.newest;
		if (known != null && !known.hasChoice()) {
			return null;
		}
		PromptBlocks prompt = this.reader.read(body);
		return (prompt != null) ? new PromptLoad(this, prompt) : null;
	}

	/**
	 * Creates the load of a prompt whose blocks have already been hashed, such as in a
	 * trace.
	 * @param hashes the hashes of its blocks, each of which covers all blocks before it;
	 * not copied
	 * @param tokens the number of its tokens
	 * @param tokensPerBlock the number of tokens of each block
	 * @return the load of one call
	 */
	public RequestLoad read(long[] hashes, double tokens, double tokensPerBlock) {
		long hash = (hashes.length > 0) ? hashes[hashes.length - 1] : Double.doubleToLongBits(tokens);
		return new PromptLoad(this, new PromptBlocks(hashes, hash, Math.max(1, tokens), tokensPerBlock));
	}

	/**
	 * Records the load that an engine has reported.
	 * @param instance the instance of the engine; ignored if it is no longer listed
	 * @param load the report, or null if the engine hasn't reported its load
	 */
	public void report(EasInstance instance, @Nullable EngineLoad load) {
		PrefixPicker known = this.newest;
		PromptQueue queue = (known != null) ? known.queueOf(instance) : null;
		if (queue != null) {
			locked((now) -> queue.report(load, now));
		}
	}

	PromptLoad.Sent start(PromptLoad load, InstanceState instance) {
		PromptLoad.Sent sent;
		this.lock.lock();
		try {
			PromptQueue known = load.queueOf(instance);
			sent = load.start(instance, (known != null) ? known : queue(instance), this.nanoTime.getAsLong());
			if (this.holders != null) {
				this.holders.add(sent.blocks(), instance.instance().hashCode());
			}
		}
		finally {
			this.lock.unlock();
		}
		if (log.isDebugEnabled()) {
			log.debug(instance.instance().address() + " picked: " + load.reason());
		}
		return sent;
	}

	private PromptQueue queue(InstanceState instance) {
		return this.queues.computeIfAbsent(instance, (any) -> new PromptQueue(this.statistics, this.blocks));
	}

	/** Changes the state that is shared by all calls, while holding the lock. */
	void locked(LongConsumer change) {
		this.lock.lock();
		try {
			change.accept(this.nanoTime.getAsLong());
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Acquires the lock, and returns the current time. */
	long lock() {
		this.lock.lock();
		return this.nanoTime.getAsLong();
	}

	void unlock() {
		this.lock.unlock();
	}

}
