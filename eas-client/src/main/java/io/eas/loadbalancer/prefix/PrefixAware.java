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
 * first: the one with the fewest prompt tokens to compute, those that wait there and
 * those of the new prompt that the instance hasn't computed before. The client knows both
 * from its own calls; {@link #report Reports} of engines add the requests of other
 * clients. Calls with a hash key are picked by {@link ConsistentHash}, and all other
 * calls by least request.
 *
 * <p>
 * The estimate adds up, in tokens: what waits there of this client's prompts, less what
 * must have been computed by now; what waits there of others, as far as signals have
 * proved to be right; what this client has sent there lately, as far as its waits can't
 * be explained otherwise, which spreads the load of clients that know nothing of each
 * other; the uncached part of the new prompt, which counts one and a half times, since it
 * delays those that follow too; and a small price for each running sequence.
 *
 * <p>
 * New prefixes have a home by rendezvous hashing (Thaler and Ravishankar, 1998), so that
 * clients agree without talking. A prefix that many prompts have in common is another
 * matter: with a home it would lead them all to one instance, and with a price for its
 * tokens it would keep them there while others idle. So each instance should have it.
 * Where it is missing it costs nothing: computing it once there pays off with the prompts
 * that follow. The home of such a prompt is that of its first block after the common
 * prefix. A prefix counts as common if its share of the prompts is several times the
 * share of a cache that it takes, so many different system prompts still have homes, and
 * their instances keep them cached; see {@code CommonPrefixes}.
 *
 * <p>
 * An object serves one service, and is thread-safe. A lock is held by each pick, start
 * and end, for a time that grows with the number of instances and, at the start, with the
 * number of blocks of the prompt.
 */
public final class PrefixAware implements InstancePicker.Factory {

	private static final Log log = LogFactory.getLog(PrefixAware.class);

	private final PromptReader reader;

	private final int blocks;

	/** Whether responses are asked for the load of the engine. */
	final boolean loadHeader;

	private final InstancePicker.Factory keyed;

	private final InstancePicker.Factory promptless;

	private final LongSupplier nanoTime;

	private final ReentrantLock lock = new ReentrantLock();

	/** Guarded by the lock. */
	final PromptStatistics statistics = new PromptStatistics();

	/** Guarded by the lock. */
	final CommonPrefixes prefixes;

	/** Guarded by the lock; an instance that is no longer listed is forgotten. */
	private final Map<InstanceState, PromptQueue> queues = new WeakHashMap<>();

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
	 * @param signals where engines tell their load; {@link SignalSettings.Source#METRICS}
	 * are {@linkplain #report reported} by the caller
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
		}
		finally {
			this.lock.unlock();
		}
		PrefixPicker created = new PrefixPicker(this, candidates, known, this.keyed.create(candidates),
				this.promptless.create(candidates));
		this.newest = created;
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
	 * Creates the load of a prompt that was read elsewhere, such as in a trace.
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
	 * Takes over what an engine has reported of its load.
	 * @param instance the instance of the engine; ignored if it is no longer listed
	 * @param load the report, or null if the engine could not be asked
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

	/** Changes the state that is shared by all calls. */
	void locked(LongConsumer change) {
		this.lock.lock();
		try {
			change.accept(this.nanoTime.getAsLong());
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Takes the lock, and returns the time. */
	long lock() {
		this.lock.lock();
		return this.nanoTime.getAsLong();
	}

	void unlock() {
		this.lock.unlock();
	}

}
