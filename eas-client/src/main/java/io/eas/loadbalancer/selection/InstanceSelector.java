package io.eas.loadbalancer.selection;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.eas.discovery.InstanceSource;
import io.eas.http.EncodedBody;
import io.eas.instance.EasInstance;
import io.eas.instance.InstanceList;
import io.eas.loadbalancer.AttemptListener;
import io.eas.loadbalancer.EjectionListener;
import io.eas.loadbalancer.EjectionListener.Cause;
import io.eas.loadbalancer.InstancePicker;
import io.eas.loadbalancer.InstanceState;
import io.eas.loadbalancer.RequestLoad;
import io.eas.loadbalancer.TriedInstances;
import io.eas.loadbalancer.selection.EjectionState.Ejected;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Selects the instance for each attempt of a service, from a list that changes, and
 * tracks how attempts end. {@link NewestPicker} keeps the picker of the current list,
 * {@link Ejections} the ejected instances, and {@link OutlierDetection} decides which
 * instances to eject. Thread-safe. A selection takes a lock only if the call has already
 * tried all instances that aren't ejected.
 */
public final class InstanceSelector {

	private static final Log log = LogFactory.getLog(InstanceSelector.class);

	private final InstancePicker.Factory algorithm;

	private final NewestPicker picker;

	private final Ejections ejections;

	private final OutlierDetection detection;

	private final LongSupplier clock;

	private final PickLog picks;

	/**
	 * Whether the algorithm has failed to read a body. Such a failure is logged only
	 * once.
	 */
	private volatile boolean unreadable;

	/**
	 * Creates the selector of a service.
	 * @param source the source of the instances, which the selector follows from now on
	 * @param algorithm the factory of the pickers
	 * @param settings the other settings of the selection
	 * @param listener the listener of ejections
	 * @param attempts the listener of the ends of attempts
	 * @param renewals runs the creation of pickers for long lists, which takes a few
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
		this.algorithm = algorithm;
		this.clock = clock;
		this.picks = new PickLog(clock);
		this.ejections = new Ejections(settings, listeners, random);
		this.detection = new OutlierDetection(this.ejections, settings.responseTimeout().toNanos(), listeners, clock);
		this.picker = new NewestPicker(source, algorithm, this.ejections, this.detection, clock, random, renewals,
				this.picks);
		source.follow(this.picker::changed);
	}

	/**
	 * Picks the instance for the next attempt of a call, and starts the attempt, which
	 * may be the trial of an ejected instance.
	 * @param tried the instances that the call has tried
	 * @param hashKey the key that is shared by all calls that should go to the same
	 * instance, or null
	 * @return the attempt, which the caller must end; null before the first list
	 * @throws IllegalStateException if the algorithm throws an exception or an
	 * {@link Error}, or picks no instance
	 */
	public @Nullable TrackedAttempt start(TriedInstances tried, @Nullable String hashKey) {
		return start(tried, hashKey, null);
	}

	/**
	 * Picks the instance for the next attempt of a call whose body the algorithm has
	 * {@linkplain #read read}, and starts the attempt.
	 * @param tried the instances that the call has tried
	 * @param hashKey see {@link #start(TriedInstances, String)}
	 * @param load the value that the algorithm has read from the body, or null if there
	 * is none
	 * @return the attempt, which the caller must end; null before the first list
	 * @throws IllegalStateException if the algorithm throws an exception or an
	 * {@link Error}, or picks no instance
	 */
	public @Nullable TrackedAttempt start(TriedInstances tried, @Nullable String hashKey, @Nullable RequestLoad load) {
		NewestPicker.Round round = this.picker.current();
		TrackedInstance state = (round != null) ? round.pick(tried, hashKey, load, true) : null;
		if (state == null) {
			return null;
		}
		TrackedAttempt attempt = begin(state);
		if (load != null) {
			attempt.count(load);
		}
		return attempt;
	}

	/**
	 * Lets the algorithm read the body of a call.
	 * @param body the body before compression
	 * @return the value that the algorithm has read, or null if the algorithm doesn't
	 * need the body
	 */
	public @Nullable RequestLoad read(EncodedBody body) {
		try {
			return this.algorithm.read(body);
		}
		catch (Throwable ex) {
			if (!this.unreadable) {
				this.unreadable = true;
				log.warn("InstancePicker.Factory.read failed, so instances are picked without the bodies of calls", ex);
			}
			return null;
		}
	}

	/**
	 * Picks an instance without starting an attempt.
	 * @param tried the instances that the call has tried
	 * @param hashKey see {@link #start}
	 * @param reporting whether the caller will {@link #begin} the attempt and end it;
	 * only then may the attempt be the trial of an ejected instance
	 * @return the state of an instance of the current list; null before the first list
	 * @throws IllegalStateException if the algorithm throws an exception or an
	 * {@link Error}, or picks no instance
	 */
	public @Nullable TrackedInstance pick(TriedInstances tried, @Nullable String hashKey, boolean reporting) {
		NewestPicker.Round round = this.picker.current();
		return (round != null) ? round.pick(tried, hashKey, null, reporting) : null;
	}

	/**
	 * Starts an attempt on an instance.
	 * @param state the state of the instance, as created by this package
	 * @return the attempt, which the caller must end
	 */
	public TrackedAttempt begin(InstanceState state) {
		return this.detection.begin((TrackedInstance) state);
	}

	/**
	 * Returns whether at least one instance in use has not been tried by a call.
	 * @param tried the instances that the call has tried
	 * @return false if the call has tried all instances in use
	 */
	public boolean hasLive(TriedInstances tried) {
		NewestPicker.Round newest = this.picker.newest();
		return newest != null && newest.candidates().hasLive(tried);
	}

	/**
	 * Returns whether at least one instance that is ejected on suspicion has not been
	 * tried by a call.
	 * @param tried the instances that the call has tried
	 * @return false if the call has tried all such instances
	 */
	public boolean hasDoubted(TriedInstances tried) {
		return this.ejections.hasDoubted(tried);
	}

	/**
	 * Records that an instance accepts connections again. If it was ejected because it
	 * accepted none, its trial is due now.
	 * @param instance the instance; ignored if it is no longer listed
	 */
	public void reachable(EasInstance instance) {
		TrackedInstance state = find(instance);
		if (state != null && state.ejectionState() instanceof Ejected ejected
				&& ejected.cause() == Cause.NO_CONNECTION) {
			state.move(ejected, ejected.due(this.clock.getAsLong()));
		}
	}

	/**
	 * Ejects an instance because an operator asks for it, even if ejections are disabled.
	 * Calls in flight on it continue. After the time, one attempt is admitted as a trial,
	 * as after any ejection.
	 * @param instance the instance
	 * @param time the duration, or null for the longest duration of an ejection
	 * @throws IllegalArgumentException if the instance isn't listed
	 * @throws IllegalStateException if the instance takes no traffic, or is the last one
	 * in use, which is never ejected
	 */
	public void eject(EasInstance instance, @Nullable Duration time) {
		TrackedInstance state = known(instance);
		if (!this.ejections.ejectManually(state, this.clock.getAsLong(), time)) {
			boolean weighted = states().stream().anyMatch((other) -> other.instance().weight() > 0);
			throw new IllegalStateException(instance.address()
					+ ((weighted && state.instance().weight() == 0) ? " gets no calls, since its weight is 0"
							: " is the last instance in use, which is never ejected"));
		}
	}

	/**
	 * Takes an instance back into use without a trial, through a slow start if one is
	 * configured. Does nothing if the instance isn't ejected.
	 * @param instance the instance
	 * @throws IllegalArgumentException if the instance isn't listed
	 */
	public void restore(EasInstance instance) {
		this.ejections.restoreManually(known(instance), this.clock.getAsLong());
	}

	private TrackedInstance known(EasInstance instance) {
		NewestPicker.Round current = this.picker.current();
		TrackedInstance state = (current != null) ? current.candidates().find(instance) : null;
		if (state == null) {
			throw new IllegalArgumentException(instance.address() + " is not among the instances that calls go to");
		}
		return state;
	}

	/**
	 * Returns how long an attempt may wait for a response from an instance before the
	 * instance looks stalled. The time is at least half a second, but at most half of the
	 * response timeout.
	 * @param instance the instance
	 * @return the time in nanoseconds
	 */
	public long stallLimit(EasInstance instance) {
		TrackedInstance state = find(instance);
		return this.detection.stallLimit((state != null) ? state : TrackedInstance.of(instance));
	}

	/**
	 * Returns the {@linkplain #stallLimit(EasInstance) stall limit} of an instance that
	 * isn't slower than other instances.
	 * @return the time in nanoseconds
	 */
	public long stallLimit() {
		return this.detection.stallLimit();
	}

	/**
	 * Returns the median of the recent response times.
	 * @return the time in nanoseconds; 100 ms before the first measurement
	 */
	public long medianAnswer() {
		return this.detection.medianAnswer();
	}

	private @Nullable TrackedInstance find(EasInstance instance) {
		NewestPicker.Round newest = this.picker.newest();
		return (newest != null) ? newest.candidates().find(instance) : null;
	}

	/**
	 * Returns the states of the instances that picks go to.
	 * @return the states, in the order of the list; empty before the first pick
	 */
	public List<TrackedInstance> states() {
		NewestPicker.Round newest = this.picker.newest();
		return (newest != null) ? newest.candidates().tracked() : List.of();
	}

	/**
	 * Returns descriptions of the instances that picks go to, for people to read.
	 * @param listed the list to describe before the first pick, or null if there is none
	 * @param now the current time
	 * @return the descriptions, in the order of the list
	 */
	public List<InstanceDescription> describe(@Nullable InstanceList listed, Instant now) {
		NewestPicker.Round newest = this.picker.newest();
		List<TrackedInstance> states = (newest != null) ? newest.candidates().tracked()
				: (listed != null) ? listed.instances().stream().map(TrackedInstance::of).toList() : List.of();
		boolean weighted = states.stream().anyMatch((state) -> state.instance().weight() > 0);
		boolean panic = this.ejections.isPanic();
		long nanos = this.clock.getAsLong();
		return states.stream()
			.map((state) -> InstanceDescription.of(state, weighted, panic, nanos,
					(time) -> now.plusNanos(time - nanos)))
			.toList();
	}

	/**
	 * Returns the last picks, for people to read. Picks are recorded only from the first
	 * call of this method until a minute after the last call.
	 * @param count the maximum number of picks, up to {@link PickDescription#MOST}
	 * @param now the current time
	 * @return the picks, the newest first; empty for the first call
	 */
	public List<PickDescription> lastPicks(int count, Instant now) {
		long nanos = this.clock.getAsLong();
		return this.picks.last(count, (time) -> now.plusNanos(time - nanos));
	}

	/**
	 * Returns why an instance is ejected now.
	 * @param instance the instance
	 * @return the cause, or null if the instance isn't ejected or isn't listed
	 */
	public @Nullable Cause ejectionCause(EasInstance instance) {
		TrackedInstance state = find(instance);
		return (state != null) ? state.ejectionCause() : null;
	}

	/**
	 * Returns the number of attempts in flight on all instances.
	 * @return the number, including attempts on instances that are no longer listed
	 */
	public long inFlight() {
		return this.detection.inFlight();
	}

	/**
	 * Returns how many instances of a list are ejected now.
	 * @param list the list; its picker needn't exist yet
	 * @return the number of instances
	 */
	public int ejected(InstanceList list) {
		return this.ejections.countIn(list);
	}

}
