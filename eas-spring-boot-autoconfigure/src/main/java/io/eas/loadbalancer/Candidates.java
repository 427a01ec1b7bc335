package io.eas.loadbalancer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList;
import io.eas.instance.InstanceList.Source;
import io.eas.loadbalancer.Standing.Ejected;
import org.jspecify.annotations.Nullable;

/**
 * The instances of one list as an algorithm picks from them. The list is fixed; what is
 * known of its instances changes all the time. Thread-safe.
 */
public final class Candidates {

	private final InstanceList list;

	private final List<InstanceState> states;

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
		boolean first = before == null || before.list.source() == Source.GATEWAY;
		this.states = states((before != null) ? before.states : List.of(), first);
	}

	/**
	 * Keeps what is known of instances that were there before. Both lists are ordered by
	 * address, so that one walk over both finds them.
	 */
	private List<InstanceState> states(List<InstanceState> before, boolean first) {
		List<InstanceState> result = new ArrayList<>(this.list.size());
		int next = 0;
		for (EasInstance instance : this.list.instances()) {
			while (next < before.size() && before.get(next).instance().compareTo(instance) < 0) {
				next++;
			}
			boolean known = next < before.size() && before.get(next).instance().equals(instance);
			InstanceState state = known ? before.get(next) : enter(instance, first);
			state.renew(instance);
			result.add(state);
		}
		return List.copyOf(result);
	}

	/** The first list is taken as it is: there is nobody else to ease its start. */
	private InstanceState enter(EasInstance instance, boolean first) {
		return new InstanceState(instance, first ? Standing.LIVE : this.ejections.entering(this.clock.getAsLong()));
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
		return this.states;
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

}
