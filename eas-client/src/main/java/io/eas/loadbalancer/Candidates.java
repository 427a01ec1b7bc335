package io.eas.loadbalancer;

import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.eas.instance.InstanceList;

/**
 * The instances of one list as an algorithm picks from them. The list is fixed; what is
 * known of its instances changes all the time. Made by the client, and only by it: an
 * algorithm hands back what {@link #states} gave it. Thread-safe.
 */
public interface Candidates {

	/**
	 * The list.
	 * @return always the same
	 */
	InstanceList list();

	/**
	 * The instances with what is known of them.
	 * @return in the order of the list
	 */
	List<InstanceState> states();

	/**
	 * The sum of all weights.
	 * @return 0 where each instance counts as 1
	 */
	long weight();

	/**
	 * How many instances take traffic, ejected or not.
	 * @return those with weight, or all where none has any; at least 1
	 */
	int carrying();

	/**
	 * Whether an instance takes a pick. One that is ejected refuses until it may have a
	 * trial, and one that is warming up or has a full queue takes only some. Changes
	 * nothing, so that an algorithm may ask of as many as it likes and pick any.
	 * @param state one of {@link #states}
	 * @return whether the call may go there; true for those in doubt while they are too
	 * many
	 */
	boolean admits(InstanceState state);

	/**
	 * Whether a pick that goes to this instance is its trial, and must go nowhere else.
	 * @param state one of {@link #states}
	 * @return true for one that is ejected, and admitted for its trial
	 */
	boolean isOnTrial(InstanceState state);

	/**
	 * The attempts in flight on all instances.
	 * @return their number
	 */
	long inFlight();

	/**
	 * The weight of the instances that aren't ejected.
	 * @return where all weights are 0, their number
	 */
	long weightInUse();

	/**
	 * How many times as long an instance's answers take as those of all.
	 * @param state one of {@link #states}
	 * @return 1 unless it is notable
	 */
	double slowness(InstanceState state);

	/**
	 * Where draws come from.
	 * @return gives a generator to be used at once, by the thread that asks
	 */
	Supplier<RandomGenerator> random();

}
