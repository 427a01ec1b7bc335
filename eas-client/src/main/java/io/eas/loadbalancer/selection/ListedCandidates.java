package io.eas.loadbalancer.selection;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList;
import io.eas.instance.InstanceList.Source;
import io.eas.instance.InstanceListDiff;
import io.eas.instance.InstanceListDiff.Step;
import io.eas.loadbalancer.Candidates;
import io.eas.loadbalancer.InstanceState;
import io.eas.loadbalancer.TriedInstances;
import io.eas.loadbalancer.selection.EjectionState.Ejected;
import org.jspecify.annotations.Nullable;

/**
 * The candidates of one list. An instance that was also in the previous list keeps its
 * state object. Every state that is passed to a method must be one of these candidates.
 */
final class ListedCandidates implements Candidates {

	private final InstanceList list;

	private final TrackedInstance[] states;

	private final List<InstanceState> view;

	private final List<TrackedInstance> tracked;

	private final long weight;

	private final int carrying;

	private final Ejections ejections;

	private final LatencyEwma latency;

	private final LongSupplier inFlight;

	private final LongSupplier clock;

	private final Supplier<RandomGenerator> random;

	ListedCandidates(InstanceList list, @Nullable ListedCandidates before, Ejections ejections, LatencyEwma latency,
			LongSupplier inFlight, LongSupplier clock, Supplier<RandomGenerator> random) {
		this.list = list;
		this.ejections = ejections;
		this.latency = latency;
		this.inFlight = inFlight;
		this.clock = clock;
		this.random = random;
		// the first list needs no slow start, since there are no other instances to take
		// its traffic
		boolean first = before == null || before.list.source() == Source.GATEWAY;
		EjectionState entering = first ? EjectionState.LIVE : ejections.entering(clock.getAsLong());
		Succession succession = new Succession(before, entering, clock.getAsLong());
		this.states = succession.follow(list.instances());
		this.view = Collections.unmodifiableList(Arrays.<InstanceState>asList(this.states));
		this.tracked = Collections.unmodifiableList(Arrays.asList(this.states));
		this.weight = succession.weight;
		this.carrying = succession.carrying;
	}

	@Override
	public InstanceList list() {
		return this.list;
	}

	@Override
	public List<InstanceState> states() {
		return this.view;
	}

	/** Returns the {@link #states} as objects with everything that is tracked. */
	List<TrackedInstance> tracked() {
		return this.tracked;
	}

	@Override
	public long weight() {
		return this.weight;
	}

	@Override
	public int carrying() {
		return (this.weight > 0) ? this.carrying : this.states.length;
	}

	/** Returns whether this state object is one of these candidates. */
	@SuppressWarnings("ReferenceEquality") // an address that comes back has a new state
	boolean have(TrackedInstance state) {
		int index = Collections.binarySearch(this.list.instances(), state.instance());
		return index >= 0 && this.states[index] == state;
	}

	/** Returns the state of an instance, or null if the instance is not in the list. */
	@Nullable TrackedInstance find(EasInstance instance) {
		int index = Collections.binarySearch(this.list.instances(), instance);
		return (index >= 0) ? this.states[index] : null;
	}

	@Override
	public boolean admits(InstanceState state) {
		TrackedInstance tracked = (TrackedInstance) state;
		return tracked.isLive() || isUsedInPanic(tracked)
				|| tracked.accepts(this.clock.getAsLong(), this.random.get().nextDouble());
	}

	private boolean isUsedInPanic(TrackedInstance state) {
		return this.ejections.isPanic() && state.ejectionState() instanceof Ejected ejected && ejected.isDoubt();
	}

	/**
	 * Claims a pick of the instance that the algorithm has chosen.
	 * @return false if the instance is ejected, and its trial isn't due yet or is claimed
	 * by another caller
	 */
	boolean claim(TrackedInstance state) {
		return state.isLive() || isUsedInPanic(state) || state.claim(this.clock.getAsLong());
	}

	/**
	 * Returns whether an instance takes a pick of a caller that won't report how the
	 * attempt ends.
	 * @return false if the instance is ejected, since such a caller can't make a trial
	 */
	boolean takes(TrackedInstance state) {
		return state.isLive() || isUsedInPanic(state) || !state.isEjected();
	}

	/**
	 * Finds an instance for a call if the algorithm found no untried instance in use. An
	 * instance in use is preferred, even if it is avoided; then an ejected instance in
	 * doubt, then a dead one. Scans the list only if an instance is in use.
	 * @param tried the instances that the call has tried
	 * @return the instance, or null if the call has tried all instances that take traffic
	 */
	@Nullable TrackedInstance lastResort(TriedInstances tried) {
		TrackedInstance live = anyLive(tried);
		return (live != null) ? live : this.ejections.lastResort(tried);
	}

	/** Returns whether at least one instance in use has not been tried by a call. */
	boolean hasLive(TriedInstances tried) {
		return anyLive(tried) != null;
	}

	/**
	 * Finds an untried instance in use. The search starts at a random position, so that
	 * the traffic of ejected instances isn't all moved to their successors in the list.
	 */
	private @Nullable TrackedInstance anyLive(TriedInstances tried) {
		if (this.ejections.live() == 0) {
			return null;
		}
		int start = this.random.get().nextInt(this.states.length);
		for (int n = 0; n < this.states.length; n++) {
			int index = start + n;
			TrackedInstance state = this.states[(index < this.states.length) ? index : index - this.states.length];
			boolean carries = this.weight == 0 || state.instance().weight() > 0;
			if (carries && !state.isEjected() && !tried.contains(state.instance())) {
				return state;
			}
		}
		return null;
	}

	@Override
	public boolean isOnTrial(InstanceState state) {
		TrackedInstance tracked = (TrackedInstance) state;
		return tracked.isEjected() && !isUsedInPanic(tracked);
	}

	@Override
	public long inFlight() {
		return this.inFlight.getAsLong();
	}

	@Override
	public Supplier<RandomGenerator> random() {
		return this.random;
	}

	@Override
	public long weightInUse() {
		return this.ejections.weightInUse();
	}

	@Override
	public double slowness(InstanceState state) {
		return this.latency.slowness((TrackedInstance) state, this.clock);
	}

	/** Takes over the states of instances that were in the previous list. */
	private static final class Succession {

		private final List<EasInstance> known;

		private final TrackedInstance[] states;

		private final EjectionState entering;

		private final long now;

		private long weight;

		private int carrying;

		Succession(@Nullable ListedCandidates before, EjectionState entering, long now) {
			this.now = now;
			this.known = (before != null) ? before.list.instances() : List.of();
			this.states = (before != null) ? before.states : new TrackedInstance[0];
			this.weight = (before != null) ? before.weight : 0;
			this.carrying = (before != null) ? before.carrying : 0;
			this.entering = entering;
		}

		TrackedInstance[] follow(List<EasInstance> listed) {
			TrackedInstance[] result = new TrackedInstance[listed.size()];
			InstanceListDiff diff = new InstanceListDiff(this.known, listed);
			for (Step step = diff.next(); step != Step.END; step = diff.next()) {
				int index = diff.indexAfter();
				switch (step) {
					case SAME -> System.arraycopy(this.states, diff.indexBefore(), result, index, diff.length());
					case GONE -> count(this.known.get(diff.indexBefore()), -1);
					case ENTERED -> result[index] = enter(listed.get(index));
					default -> result[index] = renewed(diff.indexBefore(), listed.get(index));
				}
			}
			return result;
		}

		private TrackedInstance enter(EasInstance instance) {
			count(instance, 1);
			return new TrackedInstance(instance, this.entering, this.now);
		}

		private TrackedInstance renewed(int index, EasInstance instance) {
			count(this.known.get(index), -1);
			count(instance, 1);
			TrackedInstance state = this.states[index];
			state.renew(instance);
			return state;
		}

		private void count(EasInstance instance, int change) {
			this.weight += (long) change * instance.weight();
			this.carrying += (instance.weight() > 0) ? change : 0;
		}

	}

}
