package io.eas.simulation;

import java.util.function.ToIntFunction;

/**
 * How one client picks instances.
 */
@FunctionalInterface
interface Policy {

	/**
	 * Picks an instance for an attempt.
	 * @param view what may be known
	 * @return the attempt, told of its end once
	 */
	Attempt start(View view);

	/** A policy that learns nothing from how attempts end. */
	static Policy of(ToIntFunction<View> pick) {
		return (view) -> new Attempt(pick.applyAsInt(view), (succeeded) -> {
		});
	}

	/**
	 * What was picked.
	 *
	 * @param instance the index of the instance
	 * @param end told whether the attempt succeeded
	 */
	record Attempt(int instance, End end) {
	}

	/** The end of an attempt. */
	@FunctionalInterface
	interface End {

		void accept(boolean succeeded);

	}

	/** What a client sees of a service. */
	interface View {

		/** The number of instances. */
		int size();

		int weight(int instance);

		/** This client's own calls in flight. */
		int inFlight(int instance);

		/** Whether the call has tried this instance, and may try another. */
		boolean tried(int instance);

		/** The time in seconds. */
		double now();

		/** The instance as it is, which only the omniscient see. */
		Station station(int instance);

	}

}
