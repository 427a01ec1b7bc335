package io.eas.loadbalancer;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.LongSupplier;

import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList;
import io.eas.instance.InstanceList.Source;
import io.eas.instance.ListWalk;
import io.eas.instance.ListWalk.Step;
import io.eas.loadbalancer.Standing.Ejected;
import org.jspecify.annotations.Nullable;

/**
 * The instances of one list as an algorithm picks from them. The list is fixed; what is
 * known of its instances changes all the time. Thread-safe.
 */
public final class Candidates {

	private final InstanceList list;

	private final InstanceState[] states;

	private final List<InstanceState> view;

	private final long weight;

	private final int carrying;

	private final Ejections ejections;

	private final Pace pace;

	private final LongSupplier inFlight;

	private final LongSupplier clock;

	private final RandomSource random;

	Candidates(InstanceList list, @Nullable Candidates before, Ejections ejections, Pace pace, LongSupplier inFlight,
			LongSupplier clock, RandomSource random) {
		this.list = list;
		this.ejections = ejections;
		this.pace = pace;
		this.inFlight = inFlight;
		this.clock = clock;
		this.random = random;
		// the first list is taken as it is: there is nobody else to ease its start
		boolean first = before == null || before.list.source() == Source.GATEWAY;
		Standing entering = first ? Standing.LIVE : ejections.entering(clock.getAsLong());
		Succession succession = new Succession(before, entering);
		this.states = succession.follow(list.instances());
		this.view = Collections.unmodifiableList(Arrays.asList(this.states));
		this.weight = succession.weight;
		this.carrying = succession.carrying;
	}

	/**
	 * The list.
	 * @return always the same
	 */
	public InstanceList list() {
		return this.list;
	}

	/**
	 * The instances with what is known of them.
	 * @return in the order of the list
	 */
	public List<InstanceState> states() {
		return this.view;
	}

	/** The sum of all weights; 0 where each counts as 1. */
	long weight() {
		return this.weight;
	}

	/** How many instances take traffic, ejected or not; at least 1. */
	int carrying() {
		return (this.weight > 0) ? this.carrying : this.states.length;
	}

	/** Whether an instance is one of these, as it is known here. */
	@SuppressWarnings("ReferenceEquality") // an address that comes back is another one
	boolean have(InstanceState state) {
		int index = Collections.binarySearch(this.list.instances(), state.instance());
		return index >= 0 && this.states[index] == state;
	}

	/**
	 * Whether an instance takes a pick. One that is ejected refuses until it may have a
	 * trial, and one that is warming up or has a full queue takes only some. Changes
	 * nothing, so that an algorithm may ask of as many as it likes and pick any.
	 * @param state an instance of this list
	 * @return whether the call may go there; true for all while too many are ejected
	 */
	public boolean admits(InstanceState state) {
		return state.isLive() || this.ejections.isPanic()
				|| state.accepts(this.clock.getAsLong(), this.random.get().nextDouble());
	}

	/**
	 * Gives a pick to the instance that an algorithm has decided for.
	 * @return false if it is ejected and another caller has its trial, or it may have
	 * none yet
	 */
	boolean claim(InstanceState state) {
		return state.isLive() || this.ejections.isPanic() || state.claim(this.clock.getAsLong());
	}

	/**
	 * Whether a pick that goes to this instance is its trial, and must go nowhere else.
	 */
	boolean isOnTrial(InstanceState state) {
		return !state.isLive() && state.standing() instanceof Ejected && !this.ejections.isPanic();
	}

	/**
	 * The attempts in flight on all instances.
	 * @return their number
	 */
	public long inFlight() {
		return this.inFlight.getAsLong();
	}

	/** Where draws come from. */
	RandomSource random() {
		return this.random;
	}

	/** The weight of the instances that aren't left out. */
	long weightInUse() {
		return this.ejections.weightInUse();
	}

	/** How many times as long an instance's answers take: 1 unless that is notable. */
	double slowness(InstanceState state) {
		return this.pace.slowness(state, this.clock);
	}

	/** Keeps what is known of instances that were there before. */
	private static final class Succession {

		private final List<EasInstance> known;

		private final InstanceState[] states;

		private final Standing entering;

		private long weight;

		private int carrying;

		Succession(@Nullable Candidates before, Standing entering) {
			this.known = (before != null) ? before.list.instances() : List.of();
			this.states = (before != null) ? before.states : new InstanceState[0];
			this.weight = (before != null) ? before.weight : 0;
			this.carrying = (before != null) ? before.carrying : 0;
			this.entering = entering;
		}

		InstanceState[] follow(List<EasInstance> listed) {
			InstanceState[] result = new InstanceState[listed.size()];
			ListWalk walk = new ListWalk(this.known, listed);
			for (Step step = walk.next(); step != Step.END; step = walk.next()) {
				int index = walk.indexAfter();
				switch (step) {
					case SAME -> System.arraycopy(this.states, walk.indexBefore(), result, index, walk.length());
					case GONE -> count(this.known.get(walk.indexBefore()), -1);
					case ENTERED -> result[index] = enter(listed.get(index));
					default -> result[index] = renewed(walk.indexBefore(), listed.get(index));
				}
			}
			return result;
		}

		private InstanceState enter(EasInstance instance) {
			count(instance, 1);
			return new InstanceState(instance, this.entering);
		}

		private InstanceState renewed(int index, EasInstance instance) {
			count(this.known.get(index), -1);
			count(instance, 1);
			InstanceState state = this.states[index];
			state.renew(instance);
			return state;
		}

		private void count(EasInstance instance, int change) {
			this.weight += (long) change * instance.weight();
			this.carrying += (instance.weight() > 0) ? change : 0;
		}

	}

}
