package io.eas.loadbalancer.selection;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.eas.discovery.InstanceSource;
import io.eas.instance.InstanceList;
import io.eas.instance.InstanceList.Source;
import io.eas.loadbalancer.AttemptListener;
import io.eas.loadbalancer.EjectionListener;
import io.eas.loadbalancer.EjectionSettings;
import io.eas.loadbalancer.InstancePicker;
import io.eas.loadbalancer.InstanceState;
import io.eas.loadbalancer.TriedInstances;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The picks of one service over its changing list, and what is known of its instances.
 * Picks take no lock: when the list has changed, one caller makes the new picker, or has
 * another thread make it where the list is long, and the others go on with the picker
 * before until it is there. Only for the first list, and the first after the gateway
 * stood in for it, all wait. A list that the algorithm fails with isn't taken.
 * Thread-safe.
 */
public final class InstanceSelector {

	/** So many times a picker is asked for one pick, where others have the trials. */
	static final int PICKS = 4;

	private static final Log log = LogFactory.getLog(InstanceSelector.class);

	private static final int MADE_AT_ONCE = 64;

	private final InstanceSource destinations;

	private final InstancePicker.Factory algorithm;

	private final Ejections ejections;

	private final OutlierDetection detection;

	private final LongSupplier clock;

	private final Supplier<RandomGenerator> random;

	private final Executor renewals;

	private final AtomicBoolean renewing = new AtomicBoolean();

	private volatile @Nullable Round round;

	/** The list that the algorithm last failed with. */
	private volatile @Nullable InstanceList refused;

	/**
	 * Picks of one service.
	 * @param destinations where its calls go
	 * @param algorithm how to pick
	 * @param ejection when an instance is left out
	 * @param slowStart over which time a new or returning instance gets to its share; 0
	 * for at once
	 * @param listener hears who is left out
	 * @param attempts hears how attempts end
	 * @param renewals makes the pickers of changed lists that are long, which takes some
	 * milliseconds for thousands of instances
	 */
	public InstanceSelector(InstanceSource destinations, InstancePicker.Factory algorithm, EjectionSettings ejection,
			Duration slowStart, EjectionListener listener, AttemptListener attempts, Executor renewals) {
		this(destinations, algorithm, ejection, slowStart, listener, attempts, renewals, System::nanoTime,
				ThreadLocalRandom::current);
	}

	InstanceSelector(InstanceSource destinations, InstancePicker.Factory algorithm, EjectionSettings ejection,
			Duration slowStart, EjectionListener listener, AttemptListener attempts, Executor renewals,
			LongSupplier clock, Supplier<RandomGenerator> random) {
		this.renewals = renewals;
		this.destinations = destinations;
		this.algorithm = algorithm;
		GuardedListeners listeners = new GuardedListeners(attempts, listener, destinations.service());
		this.ejections = new Ejections(ejection, slowStart, listeners, random);
		this.detection = new OutlierDetection(this.ejections, listeners, clock);
		this.clock = clock;
		this.random = random;
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
	@SuppressWarnings("ReferenceEquality") // an unchanged list is the same object
	public @Nullable TrackedInstance pick(TriedInstances tried, @Nullable String hashKey) {
		InstanceList list = this.destinations.current();
		if (list == null) {
			return null;
		}
		Round current = this.round;
		if (current == null || current.candidates.list() != list) {
			current = renewed(current, list);
		}
		TrackedInstance picked = current.pick(tried, hashKey);
		return current.candidates.claim(picked) ? picked : current.pickAgain(tried, hashKey);
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
		Round current = this.round;
		return (current != null) ? current.candidates.tracked() : List.of();
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

	@SuppressWarnings("ReferenceEquality") // as above
	private Round renewed(@Nullable Round current, InstanceList list) {
		if (current == null) {
			return renew();
		}
		if (this.refused == list) {
			return current;
		}
		return current.standsIn() ? renew() : renew(current, list);
	}

	/** One caller renews, or has it done; the others go on. */
	private Round renew(Round outdated, InstanceList list) {
		if (!this.renewing.compareAndSet(false, true)) {
			return outdated;
		}
		if (list.size() <= MADE_AT_ONCE) {
			return renew();
		}
		try {
			this.renewals.execute(this::renew);
		}
		catch (RejectedExecutionException ex) {
			// the application is stopping
			this.renewing.set(false);
		}
		return outdated;
	}

	private synchronized Round renew() {
		try {
			return make(this.round, this.destinations.current());
		}
		finally {
			this.renewing.set(false);
		}
	}

	@SuppressWarnings("ReferenceEquality") // as above
	private Round make(@Nullable Round current, @Nullable InstanceList list) {
		if (current != null && (list == null || current.candidates.list() == list)) {
			return current;
		}
		if (list == null) {
			throw new IllegalStateException("a list that was there is gone");
		}
		try {
			Round made = round(current, list);
			this.detection.renew(made.candidates);
			this.round = made;
			return made;
		}
		catch (Throwable ex) {
			if (current == null) {
				throw new IllegalStateException("the algorithm makes no picker: " + ex, ex);
			}
			refuse(list, ex);
			return current;
		}
	}

	private Round round(@Nullable Round current, InstanceList list) {
		ListedCandidates candidates = new ListedCandidates(list, (current != null) ? current.candidates : null,
				this.ejections, this.detection.latency(), this.detection::inFlight, this.clock, this.random);
		return new Round(candidates,
				Objects.requireNonNull(this.algorithm.create(candidates), "InstancePicker.Factory returned null"));
	}

	@SuppressWarnings("ReferenceEquality") // as above
	private void refuse(InstanceList list, Throwable reason) {
		if (this.refused != list) {
			this.refused = list;
			log.error(this.destinations.service() + ": the algorithm makes no picker for " + list.size()
					+ " instance(s), so calls go where they went until there is another list", reason);
		}
	}

	/**
	 * A list and its picker.
	 *
	 * @param candidates the instances
	 * @param picker picks from them
	 */
	private record Round(ListedCandidates candidates, InstancePicker picker) {

		/** The algorithm may be the application's. */
		TrackedInstance pick(TriedInstances tried, @Nullable String hashKey) {
			try {
				return (TrackedInstance) Objects.requireNonNull(this.picker.pick(tried, hashKey), "it picks nothing");
			}
			catch (Throwable ex) {
				throw new IllegalStateException("the algorithm fails: " + ex, ex);
			}
		}

		/**
		 * Another has the trial of what was picked, or there is nothing but ejected ones.
		 */
		TrackedInstance pickAgain(TriedInstances tried, @Nullable String hashKey) {
			TrackedInstance picked = pick(tried, hashKey);
			for (int n = 2; n < PICKS && !this.candidates.claim(picked); n++) {
				picked = pick(tried, hashKey);
			}
			return picked;
		}

		/** Whether it is the gateway, which a list of instances replaces at once. */
		boolean standsIn() {
			return this.candidates.list().source() == Source.GATEWAY;
		}

	}

}
