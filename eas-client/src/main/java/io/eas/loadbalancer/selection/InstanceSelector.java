package io.eas.loadbalancer.selection;

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
import io.eas.loadbalancer.InstancePicker;
import io.eas.loadbalancer.InstanceState;
import io.eas.loadbalancer.TriedInstances;
import io.eas.loadbalancer.selection.EjectionState.Ejected;
import org.jspecify.annotations.Nullable;

/**
 * Selects the instance of each attempt of one service, over a list that changes, and
 * tracks how attempts end. {@link NewestPicker} keeps the picker, {@link Ejections} who
 * is left out, {@link OutlierDetection} learns it. Thread-safe; a selection takes no lock
 * as long as an instance is in use that the call hasn't tried.
 */
public final class InstanceSelector {

	private final NewestPicker picker;

	private final Ejections ejections;

	private final OutlierDetection detection;

	private final LongSupplier clock;

	/**
	 * The selector of one service.
	 * @param source where its calls go; followed from now on
	 * @param algorithm how to pick
	 * @param settings what else is configured
	 * @param listener hears who is left out
	 * @param attempts hears how attempts end
	 * @param renewals makes the pickers of changed lists that are long, which takes some
	 * milliseconds for thousands of instances
	 */
	public InstanceSelector(InstanceSource source, InstancePicker.Factory algorithm, SelectionSettings settings,
			EjectionListener listener, AttemptListener attempts, Executor renewals) {
		this(source, algorithm, settings, listener, attempts, renewals, System::nanoTime, ThreadLocalRandom::current);
	}

	InstanceSelector(InstanceSource source, InstancePicker.Factory algorithm, SelectionSettings settings,
			EjectionListener listener, AttemptListener attempts, Executor renewals, LongSupplier clock,
			Supplier<RandomGenerator> random) {
		GuardedListeners listeners = new GuardedListeners(attempts, listener, source.service());
		this.clock = clock;
		this.ejections = new Ejections(settings, listeners, random);
		this.detection = new OutlierDetection(this.ejections, settings.responseTimeout().toNanos(), listeners, clock);
		this.picker = new NewestPicker(source, algorithm, this.ejections, this.detection, clock, random, renewals);
		source.follow(this.picker::changed);
	}

	/**
	 * Picks the instance for the next attempt of a call, and starts the attempt, which
	 * may be the trial of an instance that was left out.
	 * @param tried what the call has tried
	 * @param hashKey what calls have in common that should go to the same instance, or
	 * null
	 * @return the attempt, to be ended by the caller; null before the first list
	 * @throws IllegalStateException if the algorithm throws, be it an {@link Error}, or
	 * picks nothing
	 */
	public @Nullable TrackedAttempt start(TriedInstances tried, @Nullable String hashKey) {
		TrackedInstance state = pick(tried, hashKey, true);
		return (state != null) ? begin(state) : null;
	}

	/**
	 * Picks an instance without starting an attempt.
	 * @param tried what the call has tried
	 * @param hashKey see {@link #start}
	 * @param reporting whether the caller will {@link #begin} the attempt and end it;
	 * only then may it be the trial of an instance that was left out
	 * @return an instance of the current list; null before the first
	 * @throws IllegalStateException if the algorithm throws, be it an {@link Error}, or
	 * picks nothing
	 */
	public @Nullable TrackedInstance pick(TriedInstances tried, @Nullable String hashKey, boolean reporting) {
		NewestPicker.Round round = this.picker.current();
		return (round != null) ? round.pick(tried, hashKey, reporting) : null;
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
	 * Whether the next attempt of a call can go to an instance that is in use.
	 * @param tried what the call has tried
	 * @return false if it has tried all that are
	 */
	public boolean hasLive(TriedInstances tried) {
		NewestPicker.Round newest = this.picker.newest();
		return newest != null && newest.candidates().hasLive(tried);
	}

	/**
	 * Whether the next attempt of a call can go to an instance that is left out for
	 * doubt.
	 * @param tried what the call has tried
	 * @return false if it has tried all that are
	 */
	public boolean hasDoubted(TriedInstances tried) {
		return this.ejections.hasDoubted(tried);
	}

	/**
	 * Takes note that an instance takes connections again. If it was left out because it
	 * took none, it may have its trial now.
	 * @param instance the instance; of no list, as it may be by now, it changes nothing
	 */
	public void reachable(EasInstance instance) {
		TrackedInstance state = find(instance);
		if (state != null && state.ejectionState() instanceof Ejected ejected
				&& ejected.cause() == Cause.NO_CONNECTION) {
			state.move(ejected, ejected.due(this.clock.getAsLong()));
		}
	}

	/**
	 * How long an attempt may wait for its answer on an instance before that looks like a
	 * stall: half a second at least, and less than the response timeout.
	 * @param instance the instance
	 * @return nanoseconds
	 */
	public long stallLimit(EasInstance instance) {
		TrackedInstance state = find(instance);
		return this.detection.stallLimit((state != null) ? state : TrackedInstance.of(instance));
	}

	/**
	 * The same on an instance that isn't slower than others.
	 * @return nanoseconds
	 */
	public long stallLimit() {
		return this.detection.stallLimit();
	}

	/**
	 * How long half of the answers take, of late.
	 * @return nanoseconds; a tenth of a second before it is known
	 */
	public long medianAnswer() {
		return this.detection.medianAnswer();
	}

	private @Nullable TrackedInstance find(EasInstance instance) {
		NewestPicker.Round newest = this.picker.newest();
		return (newest != null) ? newest.candidates().find(instance) : null;
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
