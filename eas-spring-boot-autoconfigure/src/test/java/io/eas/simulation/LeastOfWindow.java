package io.eas.simulation;

import io.eas.simulation.Policy.Attempt;
import io.eas.simulation.Policy.View;

/**
 * The least loaded of the 16 instances from the one whose turn it is on. If that one is
 * idle, and not known to be slow, it is taken at once.
 *
 * <p>
 * Load is the calls in flight with this one, over the weight, times how slow the instance
 * is: its average latency over the service's where that is above 1.5, else 1, so that
 * what is only chance changes nothing. A failure counts as no faster than the average.
 * Slowness is forgotten in 10 seconds without a call.
 */
final class LeastOfWindow implements Policy {

	private static final int WINDOW = 16;

	private static final double PART = 0.03;

	private static final double SLOW = 1.5;

	private static final double SLOWEST = 10;

	private static final double MEMORY = 10;

	private final Turns turns;

	private final double[] latency;

	private final double[] updated;

	private double average;

	LeastOfWindow(int size, Turns turns) {
		this.turns = turns;
		this.latency = new double[size];
		this.updated = new double[size];
	}

	@Override
	public Attempt start(View view) {
		int picked = pick(view, this.turns.next(view));
		double start = view.now();
		return new Attempt(picked, (succeeded) -> {
			double latency = view.now() - start;
			observe(picked, view.now(), succeeded ? latency : Math.max(latency, this.average));
		});
	}

	private int pick(View view, int turn) {
		if (!view.tried(turn) && view.inFlight(turn) == 0 && slowness(view, turn) == 1) {
			return turn;
		}
		int best = turn;
		double least = Double.POSITIVE_INFINITY;
		for (int n = 0; n < Math.min(WINDOW, view.size()) || least == Double.POSITIVE_INFINITY; n++) {
			int instance = this.turns.after(turn, n);
			double load = ReferencePolicies.load(view, instance) * slowness(view, instance);
			if (!view.tried(instance) && load < least) {
				best = instance;
				least = load;
			}
		}
		return best;
	}

	private double slowness(View view, int instance) {
		double excess = this.latency[instance] / this.average - 1;
		double slowness = 1 + excess * Math.exp((this.updated[instance] - view.now()) / MEMORY);
		return (slowness > SLOW) ? Math.min(slowness, SLOWEST) : 1;
	}

	private void observe(int instance, double now, double latency) {
		this.latency[instance] += (this.latency[instance] == 0) ? latency : PART * (latency - this.latency[instance]);
		this.average += (this.average == 0) ? latency : PART / 4 * (latency - this.average);
		this.updated[instance] = now;
	}

}
