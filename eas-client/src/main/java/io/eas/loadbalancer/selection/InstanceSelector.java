package io.eas.loadbalancer.selection;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.eas.discovery.InstanceSource;
import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList;
import io.eas.loadbalancer.AttemptListener;
import io.eas.loadbalancer.EjectionListener;
import io.eas.loadbalancer.EjectionListener.Cause;
import io.eas.loadbalancer.EjectionSettings;
import io.eas.loadbalancer.InstancePicker;
import io.eas.loadbalancer.InstanceState;
import io.eas.loadbalancer.TriedInstances;
import io.eas.loadbalancer.selection.EjectionState.Ejected;
import org.jspecify.annotations.Nullable;

/**
 * Selects the instance of each attempt of one service, over a list that changes, and
 * tracks how attempts end. {@link NewestPicker} keeps the picker, {@link Ejections} who
 * is left out, {@link OutlierDetection} learns it. Thread-safe; a selection takes no
 * lock.
 */
public final class InstanceSelector {

	private final InstanceSource source;

	private final NewestPicker picker;

	private final Ejections ejections;

	private final OutlierDetection detection;

	/**
	 * The selector of one service.
	 * @param source where its calls go
	 * @param algorithm how to pick
	 * @param ejection when an instance is left out
	 * @param slowStart over which time a new or returning instance gets to its share; 0
	 * for at once
	 * @param listener hears who is left out
	 * @param attempts hears how attempts end
	 * @param renewals makes the pickers of changed lists that are long, which takes some
	 * milliseconds for thousands of instances
	 */
	public InstanceSelector(InstanceSource source, InstancePicker.Factory algorithm, EjectionSettings ejection,
			Duration slowStart, EjectionListener listener, AttemptListener attempts, Executor renewals) {
		this(source, algorithm, ejection, slowStart, listener, attempts, renewals, System::nanoTime,
				ThreadLocalRandom::current);
	}

	InstanceSelector(InstanceSource source, InstancePicker.Factory algorithm, EjectionSettings ejection,
			Duration slowStart, EjectionListener listener, AttemptListener attempts, Executor renewals,
			LongSupplier clock, Supplier<RandomGenerator> random) {
		this.source = source;
		GuardedListeners listeners = new GuardedListeners(attempts, listener, source.service());
		this.ejections = new Ejections(ejection, slowStart, listeners, random);
		this.detection = new OutlierDetection(this.ejections, listeners, clock);
		this.picker = new NewestPicker(source, algorithm, this.ejections, this.detection, clock, random, renewals);
	}

	/**
	 * Picks the instance for the next attempt of a call, and starts the attempt.
	 * @param tried what the call has tried
	 * @param hashKey what calls have in common that should go to the same instance, or
	 * null
	 * @return the attempt, to be ended by the caller; null before the first list
	 */
	public @Nullable TrackedAttempt start(TriedInstances tried, @Nullable String hashKey) {
		TrackedInstance state = pick(tried, hashKey);
		return (state != null) ? begin(state) : null;
	}

	/**
	 * Picks an instance without starting an attempt.
	 * @param tried what the call has tried
	 * @param hashKey see {@link #start}
	 * @return an instance of the current list; null before the first
	 * @throws IllegalStateException if the algorithm throws, be it an {@link Error}, or
	 * picks nothing
	 */
	public @Nullable TrackedInstance pick(TriedInstances tried, @Nullable String hashKey) {
		InstanceList list = this.source.current();
		return (list != null) ? this.picker.of(list).pick(tried, hashKey) : null;
	}

	/**
	 * Starts an attempt.
	 * @param state where it goes
	 * @return the attempt, to be ended by the caller
	 */
	public TrackedAttempt begin(InstanceState state) {
		return this.detection.begin((TrackedInstance) state);
	}

	/**
	 * What is known of the instances that picks go to.
	 * @return empty before the first pick
	 */
	public List<TrackedInstance> states() {
		NewestPicker.Round newest = this.picker.newest();
		return (newest != null) ? newest.candidates().tracked() : List.of();
	}

	/**
	 * Why an instance is ejected now.
	 * @param instance the instance
	 * @return null if it isn't, or isn't listed
	 */
	public @Nullable Cause ejectionCause(EasInstance instance) {
		TrackedInstance state = find(instance);
		return (state != null && state.ejectionState() instanceof Ejected ejected) ? ejected.cause() : null;
	}

	/**
	 * Whether the next attempt of a call can go to an instance that is in use.
	 * @param tried what the call has tried
	 * @return false if it has tried all that are
	 */
	public boolean hasLive(TriedInstances tried) {
		return states().stream()
			.anyMatch((state) -> !(state.ejectionState() instanceof Ejected) && state.instance().weight() > 0
					&& !tried.contains(state.instance()));
	}

	/**
	 * A connection could be made to an instance that had taken none: its next trial is
	 * due now. Does nothing if it isn't ejected for that.
	 * @param instance the instance
	 */
	public void reachable(EasInstance instance) {
		TrackedInstance state = find(instance);
		if (state != null) {
			this.detection.reachable(state);
		}
	}

	/**
	 * How long an attempt may wait on an instance that stands still.
	 * @param instance the instance
	 * @return nanoseconds
	 */
	public long stallLimit(EasInstance instance) {
		return this.detection.stallLimit();
	}

	private @Nullable TrackedInstance find(EasInstance instance) {
		NewestPicker.Round newest = this.picker.newest();
		return (newest != null) ? newest.candidates().find(instance) : null;
	}

	/**
	 * The attempts that are in flight.
	 * @return on all instances, those that are no longer listed included
	 */
	public long inFlight() {
		return this.detection.inFlight();
	}

	/**
	 * How many instances are left out now.
	 * @param list of which instances, be it one that no pick has been from
	 * @return their number
	 */
	public int ejected(InstanceList list) {
		return this.ejections.countIn(list);
	}

}
