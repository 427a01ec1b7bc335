package io.eas.simulation;

import java.util.Random;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;

import io.eas.simulation.Policy.Attempt;
import io.eas.simulation.Policy.View;

/**
 * What to compare with.
 */
final class ReferencePolicies {

	private ReferencePolicies() {
	}

	/** An independent draw by weight. */
	static Policy random(Random random) {
		return Policy.of((view) -> draw(view, random, (instance) -> true));
	}

	/** Each as often in a row as its weight says, over the greatest common divisor. */
	static Policy weightedRoundRobin(int divisor) {
		int[] state = new int[2];
		return Policy.of((view) -> {
			do {
				if (++state[1] >= view.weight(state[0]) / divisor) {
					state[0] = (state[0] + 1) % view.size();
					state[1] = 0;
				}
			}
			while (view.tried(state[0]));
			return state[0];
		});
	}

	/**
	 * That of nginx: each gains its weight at every pick, the one with most is picked and
	 * pays what all have gained.
	 */
	static Policy smoothRoundRobin(int size) {
		long[] credits = new long[size];
		return Policy.of((view) -> {
			long sum = 0;
			for (int i = 0; i < size; i++) {
				credits[i] += view.tried(i) ? 0 : view.weight(i);
				sum += view.tried(i) ? 0 : view.weight(i);
			}
			int picked = least(view, (instance) -> -credits[instance]);
			credits[picked] -= sum;
			return picked;
		});
	}

	/** Of two draws by weight the one with fewer own calls in flight for its weight. */
	static Policy powerOfTwo(Random random) {
		return Policy.of((view) -> {
			int one = draw(view, random, (instance) -> true);
			int other = draw(view, random, (instance) -> true);
			return (load(view, other) < load(view, one)) ? other : one;
		});
	}

	/**
	 * That of Finagle: of two draws the one with the least product of its latency and its
	 * calls in flight with this one, where latency is an average that decays in 10
	 * seconds and leaps to every higher one.
	 */
	static Policy peakEwma(int size, Random random) {
		return new PeakEwma(size, random);
	}

	/**
	 * The omniscient shortest queue: sees the calls of all clients at all instances and
	 * their speeds, and picks where the call would have been served soonest if all calls
	 * were alike: the least {@code max(1, (calls + 1) / cores) / speed}, among equals the
	 * least {@code calls / cores}, and by chance among those.
	 */
	static Policy shortestQueue(Random random) {
		return Policy.of((view) -> {
			int offset = random.nextInt(view.size());
			return least(view, (instance) -> {
				Station station = view.station(instance);
				double queue = (station.calls() + 1.0) / station.cores();
				double chance = (instance + offset) % view.size() * 1e-9;
				return (Math.max(1, queue) + 1e-5 * queue + chance) / Math.max(station.speed(), 1e-6);
			});
		});
	}

	/** An instance drawn by weight among those that may be picked. */
	static int draw(View view, Random random, IntPredicate candidate) {
		long sum = 0;
		for (int i = 0; i < view.size(); i++) {
			sum += (candidate.test(i) && !view.tried(i)) ? view.weight(i) : 0;
		}
		long point = random.nextLong(sum);
		int instance = -1;
		while (point >= 0) {
			instance++;
			point -= (candidate.test(instance) && !view.tried(instance)) ? view.weight(instance) : 0;
		}
		return instance;
	}

	static double load(View view, int instance) {
		return (view.inFlight(instance) + 1.0) / view.weight(instance);
	}

	private static int least(View view, IntToDoubleFunction score) {
		int best = -1;
		double least = Double.POSITIVE_INFINITY;
		for (int i = 0; i < view.size(); i++) {
			double own = score.applyAsDouble(i);
			if (!view.tried(i) && own < least) {
				best = i;
				least = own;
			}
		}
		return best;
	}

	private static final class PeakEwma implements Policy {

		private static final double DECAY = 10;

		private final Random random;

		private final double[] latency;

		private final double[] updated;

		PeakEwma(int size, Random random) {
			this.random = random;
			this.latency = new double[size];
			this.updated = new double[size];
		}

		@Override
		public Attempt start(View view) {
			int one = draw(view, this.random, (instance) -> true);
			int other = draw(view, this.random, (instance) -> true);
			int picked = (cost(view, other) < cost(view, one)) ? other : one;
			double start = view.now();
			return new Attempt(picked, (succeeded) -> observe(picked, start, view.now()));
		}

		private double cost(View view, int instance) {
			double decayed = this.latency[instance] * Math.exp((this.updated[instance] - view.now()) / DECAY);
			int calls = view.inFlight(instance);
			return (decayed == 0 && calls > 0) ? 1e9 + calls : decayed * (calls + 1);
		}

		private void observe(int instance, double start, double now) {
			double keep = Math.exp((this.updated[instance] - now) / DECAY);
			double average = this.latency[instance] * keep + (now - start) * (1 - keep);
			this.latency[instance] = Math.max(average, now - start);
			this.updated[instance] = now;
		}

	}

}
