package io.eas.benchmarks.llm;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList;
import io.eas.loadbalancer.Candidates;
import io.eas.loadbalancer.InstanceState;
import org.jspecify.annotations.Nullable;

/**
 * The instances of one list as a simulated client sees them: all of them are in use, and
 * none is slow. Not thread-safe.
 */
final class SimulatedInstances implements Candidates {

	private final List<State> listed;

	private final List<InstanceState> states;

	private final InstanceList list;

	private final Random random;

	SimulatedInstances(List<State> listed, Random random) {
		this.listed = List.copyOf(listed);
		this.states = List.copyOf(listed);
		this.random = random;
		this.list = new InstanceList(listed.stream().map(State::instance).toList(), Instant.EPOCH,
				InstanceList.Source.DISCOVERY);
	}

	List<State> listed() {
		return this.listed;
	}

	@Override
	public InstanceList list() {
		return this.list;
	}

	@Override
	public List<InstanceState> states() {
		return this.states;
	}

	@Override
	public long weight() {
		return 100L * this.listed.size();
	}

	@Override
	public int carrying() {
		return this.listed.size();
	}

	@Override
	public boolean admits(InstanceState state) {
		return true;
	}

	@Override
	public boolean isOnTrial(InstanceState state) {
		return false;
	}

	@Override
	public long inFlight() {
		return this.listed.stream().mapToLong(State::inFlight).sum();
	}

	@Override
	public long weightInUse() {
		return weight();
	}

	@Override
	public double slowness(InstanceState state) {
		return 1;
	}

	@Override
	public Supplier<RandomGenerator> random() {
		return () -> this.random;
	}

	/** An instance as this client sees it. */
	static final class State implements InstanceState {

		private final EasInstance instance;

		private int inFlight;

		private @Nullable Object attachment;

		State(EasInstance instance) {
			this.instance = instance;
		}

		@Override
		public EasInstance instance() {
			return this.instance;
		}

		@Override
		public int inFlight() {
			return this.inFlight;
		}

		void started() {
			this.inFlight++;
		}

		void ended() {
			this.inFlight--;
		}

		@Override
		public @Nullable Object attachment() {
			return this.attachment;
		}

		@Override
		public void attach(Object made) {
			this.attachment = made;
		}

	}

}
