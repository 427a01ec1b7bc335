package io.eas.benchmarks.llm;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

import io.eas.http.EncodedBody;
import io.eas.instance.EasInstance;
import io.eas.loadbalancer.Candidates;
import io.eas.loadbalancer.InstancePicker;
import io.eas.loadbalancer.InstanceState;
import io.eas.loadbalancer.Outcome;
import io.eas.loadbalancer.RequestLoad;
import io.eas.loadbalancer.RequestLoad.AttemptLoad;
import io.eas.loadbalancer.TriedInstances;
import io.eas.loadbalancer.hash.ConsistentHash;
import io.eas.loadbalancer.prefix.EngineLoad;
import io.eas.loadbalancer.prefix.PrefixAware;
import io.eas.loadbalancer.prefix.PrefixSettings;
import io.eas.loadbalancer.weighted.WeightedRoundRobin;
import org.jspecify.annotations.Nullable;

/**
 * A client process that uses our own pickers, in virtual time. Only this class knows how
 * these pickers are called. Not thread-safe.
 */
final class SimulatedClient {

	private static final int FIRST_PORT = 10_000;

	private final InstancePicker.Factory algorithm;

	private final Random random;

	private SimulatedInstances candidates;

	private InstancePicker picker;

	/**
	 * Creates a client.
	 * @param balancer the algorithm, which must not be the oracle
	 * @param instances the number of instances
	 * @param blocks the number of blocks that the client remembers of each instance
	 * @param nanoTime the clock
	 */
	SimulatedClient(Balancer balancer, int instances, int blocks, Random random, LongSupplier nanoTime) {
		this.random = random;
		this.algorithm = switch (balancer) {
			case ROUND_ROBIN -> new WeightedRoundRobin(random);
			case LEAST_REQUEST -> WeightedRoundRobin.leastRequest(random);
			case TWO_CHOICES -> TwoChoices::new;
			case SESSION_HASH -> new ConsistentHash(random);
			case PREFIX_AWARE -> new PrefixAware(new PrefixSettings(blocks, 2048), random, nanoTime);
			case ORACLE -> throw new IllegalArgumentException("no client knows what the oracle knows");
		};
		this.candidates = new SimulatedInstances(IntStream.range(0, instances)
			.mapToObj((index) -> new SimulatedInstances.State(new EasInstance("10.0.0.1", FIRST_PORT + index, 100)))
			.toList(), random);
		this.picker = this.algorithm.create(this.candidates);
	}

	/** Replaces an instance by a new one. */
	void replaced(int index) {
		SimulatedInstances.State entered = new SimulatedInstances.State(
				new EasInstance("10.0.0.2", FIRST_PORT + index, 100));
		// the list is sorted by address; the new instance is the last
		List<SimulatedInstances.State> kept = new ArrayList<>(this.candidates.listed());
		kept.remove(state(index));
		kept.add(entered);
		this.candidates = new SimulatedInstances(kept, this.random);
		this.picker = this.algorithm.create(this.candidates);
	}

	private SimulatedInstances.State state(int index) {
		return this.candidates.listed()
			.stream()
			.filter((state) -> state.instance().port() == FIRST_PORT + index)
			.findFirst()
			.orElseThrow();
	}

	/**
	 * Creates a call.
	 * @param session the conversation
	 * @param blocks the hashes of the blocks of the prompt
	 * @param tokens the number of tokens of the prompt, as the client estimates it
	 * @param tokensPerBlock the number of tokens per block, as the client estimates it
	 */
	Call call(String session, long[] blocks, double tokens, double tokensPerBlock) {
		return new Call(session,
				(this.algorithm instanceof PrefixAware prefix) ? prefix.read(blocks, tokens, tokensPerBlock) : null);
	}

	/** Picks an instance that a call hasn't tried. */
	int pick(Call call, boolean[] tried) {
		TriedInstances excluded = TriedInstances.none();
		for (int i = 0; i < tried.length; i++) {
			if (tried[i]) {
				excluded = (excluded.size() > 0) ? excluded : new TriedInstances();
				excluded.add(state(i).instance());
			}
		}
		return pick(call, excluded).instance().port() - FIRST_PORT;
	}

	/** Picks an instance for a first attempt. */
	Object pick(Call call) {
		return pick(call, TriedInstances.none());
	}

	/**
	 * Reads a request body as a call does. Returns {@code null} if the algorithm doesn't
	 * need the body.
	 */
	@Nullable Object read(EncodedBody body) {
		return this.algorithm.read(body);
	}

	private InstanceState pick(Call call, TriedInstances excluded) {
		RequestLoad load = call.load;
		return (load != null) ? this.picker.pick(excluded, null, load)
				: this.picker.pick(excluded, (this.algorithm instanceof ConsistentHash) ? call.session : null);
	}

	/** Starts an attempt. */
	Attempt start(Call call, int index) {
		SimulatedInstances.State state = state(index);
		state.started();
		return new Attempt(state, (call.load != null) ? call.load.start(state) : null);
	}

	/** Passes a load report of an engine to the algorithm. */
	void report(int index, int waiting, int running, long computed) {
		if (this.algorithm instanceof PrefixAware prefix) {
			prefix.report(state(index).instance(), new EngineLoad(waiting, running, computed));
		}
	}

	/**
	 * A call.
	 *
	 * @param session the conversation
	 * @param load the algorithm's data about the prompt, or null
	 */
	record Call(String session, @Nullable RequestLoad load) {
	}

	/** An attempt of a call. */
	static final class Attempt {

		private final SimulatedInstances.State state;

		private final @Nullable AttemptLoad load;

		private Attempt(SimulatedInstances.State state, @Nullable AttemptLoad load) {
			this.state = state;
			this.load = load;
		}

		void content() {
			if (this.load != null) {
				this.load.content();
			}
		}

		void ended(boolean answered) {
			this.state.ended();
			if (this.load != null) {
				this.load.ended(answered ? Outcome.ANSWERED : Outcome.FAILED);
			}
		}

	}

	/** Picks the less loaded of two instances drawn at random. */
	private record TwoChoices(Candidates candidates) implements InstancePicker {

		@Override
		public InstanceState pick(TriedInstances tried, @Nullable String hashKey) {
			InstanceState one = draw(tried);
			InstanceState other = draw(tried);
			return (one.inFlight() <= other.inFlight()) ? one : other;
		}

		private InstanceState draw(TriedInstances tried) {
			List<InstanceState> untried = this.candidates.states()
				.stream()
				.filter((state) -> !tried.contains(state.instance()))
				.toList();
			return untried.get(this.candidates.random().get().nextInt(untried.size()));
		}

	}

}
