package io.eas.simulation;

import java.util.Random;

import io.eas.simulation.Policy.Attempt;
import io.eas.simulation.Policy.View;

/**
 * Smooth weighted round robin that passes over an instance with far more calls in flight
 * for its weight than another, drawn by weight from the others.
 */
final class PassingRoundRobin implements Policy {

	private final Turns turns;

	private final Random random;

	private int passed;

	PassingRoundRobin(Turns turns, Random random) {
		this.turns = turns;
		this.random = random;
	}

	/** How many turns were passed over. */
	int passed() {
		return this.passed;
	}

	@Override
	public Attempt start(View view) {
		int turn = this.turns.next(view);
		if (view.tried(turn)) {
			return attempt(ReferencePolicies.draw(view, this.random, (instance) -> true));
		}
		if (view.size() > 1) {
			int other = ReferencePolicies.draw(view, this.random, (instance) -> instance != turn);
			if ((long) view.inFlight(turn) * view.weight(other) > 2L * (view.inFlight(other) + 2) * view.weight(turn)) {
				this.passed++;
				return attempt(other);
			}
		}
		return attempt(turn);
	}

	private static Attempt attempt(int instance) {
		return new Attempt(instance, (succeeded) -> {
		});
	}

}
