package io.eas.simulation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.eas.simulation.Outcome.Pick;
import io.eas.simulation.Policy.Attempt;

/**
 * Calls to a service in virtual time. The same seed gives the same calls under every
 * policy, and the same outcome every time.
 */
final class Simulation {

	private final VirtualTime time = new VirtualTime();

	private final Profile profile;

	private final Demand demand;

	private final Random arrivals;

	private final Random work;

	private final List<Station> stations;

	private final List<Client> clients;

	private final List<Outcome.Call> calls = new ArrayList<>();

	private final List<Pick> picks = new ArrayList<>();

	private int begun;

	private Simulation(Profile profile, Demand demand, Supplier<Policy> policy, long seed) {
		this.profile = profile;
		this.demand = demand;
		this.arrivals = new Random(seed);
		this.work = new Random(~seed);
		this.stations = profile.hardware().stream().map((hardware) -> new Station(this.time, hardware)).toList();
		this.clients = IntStream.range(0, demand.clients()).mapToObj((i) -> new Client(policy.get())).toList();
	}

	/**
	 * Lets all calls be made and end.
	 * @param profile the service
	 * @param demand the calls
	 * @param policy makes the policy of each client
	 * @param seed what the calls are drawn from
	 * @return what became of them
	 */
	static Outcome run(Profile profile, Demand demand, Supplier<Policy> policy, long seed) {
		Simulation simulation = new Simulation(profile, demand, policy, seed);
		profile.events()
			.forEach((event) -> simulation.time.after(event.at(),
					() -> event.change().accept(simulation.stations.get(event.instance()))));
		simulation.begin();
		simulation.time.pass(() -> simulation.calls.size() == demand.calls());
		return new Outcome(profile, simulation.calls, simulation.picks);
	}

	private void begin() {
		if (this.demand.callers() > 0) {
			IntStream.range(0, this.demand.callers()).forEach((i) -> call());
		}
		else {
			arrive();
		}
	}

	private void arrive() {
		call();
		if (this.begun < this.demand.calls()) {
			this.time.after(this.arrivals.nextExponential() / (this.demand.load() * this.profile.capacity()),
					this::arrive);
		}
	}

	private void call() {
		if (this.begun < this.demand.calls()) {
			this.begun++;
			Client client = this.clients.get(this.arrivals.nextInt(this.clients.size()));
			new Call(client, this.profile.work().applyAsDouble(this.work)).attempt();
		}
	}

	/** A call and its attempts. */
	private final class Call {

		private final Client client;

		private final double work;

		private final double start = Simulation.this.time.now();

		private final BitSet tried = new BitSet();

		private int attempts;

		Call(Client client, double work) {
			this.client = client;
			this.work = work;
		}

		void attempt() {
			this.attempts++;
			Attempt attempt = this.client.start(this.tried);
			boolean[] ended = new boolean[1];
			Policy.End once = (succeeded) -> {
				if (!ended[0]) {
					ended[0] = true;
					this.client.end(attempt, succeeded);
					end(attempt.instance(), succeeded);
				}
			};
			Simulation.this.stations.get(attempt.instance()).take(this.work, once);
			if (Simulation.this.demand.timeout() < Double.POSITIVE_INFINITY) {
				Simulation.this.time.after(Simulation.this.demand.timeout(), () -> once.accept(false));
			}
		}

		private void end(int instance, boolean succeeded) {
			this.tried.set(instance);
			if (!succeeded && this.attempts < Simulation.this.demand.attempts()) {
				attempt();
				return;
			}
			Simulation.this.calls.add(new Outcome.Call(this.start, Simulation.this.time.now(), succeeded));
			if (Simulation.this.demand.callers() > 0) {
				Simulation.this.call();
			}
		}

	}

	/** A client: its policy, and what it knows of its own calls. */
	private final class Client implements Policy.View {

		private final Policy policy;

		private final int[] inFlight = new int[Simulation.this.stations.size()];

		private BitSet tried = new BitSet();

		Client(Policy policy) {
			this.policy = policy;
		}

		Attempt start(BitSet tried) {
			this.tried = tried;
			Attempt attempt = this.policy.start(this);
			this.inFlight[attempt.instance()]++;
			Simulation.this.picks.add(new Pick(now(), attempt.instance()));
			return attempt;
		}

		void end(Attempt attempt, boolean succeeded) {
			this.inFlight[attempt.instance()]--;
			attempt.end().accept(succeeded);
		}

		@Override
		public int size() {
			return this.inFlight.length;
		}

		@Override
		public int weight(int instance) {
			return Simulation.this.profile.hardware().get(instance).weight();
		}

		@Override
		public int inFlight(int instance) {
			return this.inFlight[instance];
		}

		@Override
		public boolean tried(int instance) {
			return this.tried.get(instance) && this.tried.cardinality() < size();
		}

		@Override
		public double now() {
			return Simulation.this.time.now();
		}

		@Override
		public Station station(int instance) {
			return Simulation.this.stations.get(instance);
		}

	}

}
