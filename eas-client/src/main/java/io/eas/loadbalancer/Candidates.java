package io.eas.loadbalancer;

import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.eas.instance.InstanceList;

/**
 * The instances of one list, as seen by the load-balancing algorithm that picks from
 * them. The list is fixed, while the state of its instances changes all the time. Only
 * the client implements this interface; an algorithm must return one of the objects that
 * {@link #states} contains. Thread-safe.
 */
public interface Candidates {

	/**
	 * Returns the list of instances.
	 * @return the list; always the same object
	 */
	InstanceList list();

	/**
	 * Returns the state of each instance.
	 * @return the states, in the order of the list
	 */
	List<InstanceState> states();

	/**
	 * Returns the sum of the weights of all instances.
	 * @return the sum; 0 if all weights are 0, in which case each instance counts as 1
	 */
	long weight();

	/**
	 * Returns the number of instances that take traffic, whether or not they are ejected.
	 * @return the number of instances with a positive weight, or of all instances if all
	 * weights are 0; at least 1
	 */
	int carrying();

	/**
	 * Returns whether an instance may be picked now. An ejected instance is not admitted
	 * until its next trial is due, and an instance in slow start is admitted only for
	 * some of the picks. An avoided instance, for example with a full queue, is not
	 * admitted for a short time. This method has no side effects, so an algorithm may
	 * call this method for any number of instances and pick any of them.
	 * @param state one of {@link #states}
	 * @return whether the call may go to the instance; also true for an instance that was
	 * ejected on suspicion, as long as too many instances are ejected on suspicion
	 */
	boolean admits(InstanceState state);

	/**
	 * Returns whether a pick of this instance is the trial of an ejected instance. Such a
	 * pick must not be moved to another instance.
	 * @param state one of {@link #states}, which {@link #admits} has admitted
	 * @return true if the instance is ejected and admitted for its trial
	 */
	boolean isOnTrial(InstanceState state);

	/**
	 * Returns the number of attempts in flight on all instances.
	 * @return the number of attempts
	 */
	long inFlight();

	/**
	 * Returns the sum of the weights of the instances that are in use, which are those
	 * that aren't ejected.
	 * @return the sum; if all weights are 0, the number of these instances
	 */
	long weightInUse();

	/**
	 * Returns how much slower an instance responds than the service on average.
	 * @param state one of {@link #states}
	 * @return the ratio of the average latencies, from 1 to 10; 1 unless the instance is
	 * notably slower than the average. The ratio falls back to 1 over time while the
	 * instance responds to no attempt
	 */
	double slowness(InstanceState state);

	/**
	 * Returns the source of random numbers.
	 * @return a supplier of generators; the calling thread must use a generator at once,
	 * and must neither share nor keep it
	 */
	Supplier<RandomGenerator> random();

}
