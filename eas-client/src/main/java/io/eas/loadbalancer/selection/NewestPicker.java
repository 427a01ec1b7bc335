package io.eas.loadbalancer.selection;

import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.eas.discovery.InstanceSource;
import io.eas.instance.InstanceList;
import io.eas.loadbalancer.InstancePicker;
import io.eas.loadbalancer.InstanceState;
import io.eas.loadbalancer.RequestLoad;
import io.eas.loadbalancer.TriedInstances;
import io.eas.loadbalancer.selection.EjectionState.Ejected;
import io.eas.loadbalancer.selection.PickLog.Reason;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the picker of a service's current list. The first call creates it. After that, a
 * new picker is created whenever the list changes, so that calls needn't check for
 * changes. It is created by the thread that brings the new list, or by an executor. Calls
 * use the previous picker until the new one is ready. If the algorithm fails for a list,
 * the previous picker stays in use. Thread-safe; a pick takes no lock.
 */
final class NewestPicker {

	private static final Log log = LogFactory.getLog(NewestPicker.class);

	/**
	 * The maximum size of a list whose picker is created by the thread that brings the
	 * list.
	 */
	private static final int SHORT = 64;

	private final InstanceSource source;

	private final InstancePicker.Factory algorithm;

	private final Ejections ejections;

	private final OutlierDetection detection;

	private final LongSupplier clock;

	private final Supplier<RandomGenerator> random;

	private final Executor renewals;

	private final PickLog picks;

	private volatile @Nullable Round newest;

	/** The list for which the algorithm failed last, to log each failure once. */
	private volatile @Nullable InstanceList refused;

	/**
	 * Creates an object without a picker.
	 * @param source the source of the list
	 * @param algorithm the factory of the pickers
	 * @param ejections the ejected instances
	 * @param detection the outlier detection
	 * @param clock the nano clock
	 * @param random the source of random numbers
	 * @param renewals runs the creation of pickers for long lists
	 * @param log records the picks, as long as they are requested
	 */
	NewestPicker(InstanceSource source, InstancePicker.Factory algorithm, Ejections ejections,
			OutlierDetection detection, LongSupplier clock, Supplier<RandomGenerator> random, Executor renewals,
			PickLog log) {
		this.source = source;
		this.algorithm = algorithm;
		this.ejections = ejections;
		this.detection = detection;
		this.clock = clock;
		this.random = random;
		this.renewals = renewals;
		this.picks = log;
	}

	/** Returns the picker that was created last, or null if there is none yet. */
	@Nullable Round newest() {
		return this.newest;
	}

	/**
	 * Returns the current picker, and creates the first one if needed.
	 * @return the picker, or null before the first list
	 * @throws IllegalStateException if the algorithm fails for the first list
	 */
	@Nullable Round current() {
		Round current = this.newest;
		return (current != null) ? current : first();
	}

	private @Nullable Round first() {
		return (this.source.current() != null) ? renew() : null;
	}

	/** Creates the picker of a changed list. Does nothing before the first call. */
	void changed(InstanceList list) {
		if (list.size() <= SHORT) {
			follow();
			return;
		}
		try {
			this.renewals.execute(this::follow);
		}
		catch (RejectedExecutionException ex) {
			// the application is stopping
		}
	}

	private synchronized void follow() {
		if (this.newest != null) {
			renew();
		}
	}

	private synchronized Round renew() {
		return make(this.newest, this.source.current());
	}

	@SuppressWarnings("ReferenceEquality") // an unchanged list is the same object
	private Round make(@Nullable Round current, @Nullable InstanceList list) {
		if (current != null && (list == null || current.candidates().list() == list)) {
			return current;
		}
		if (list == null) {
			throw new IllegalStateException("the list of instances has disappeared");
		}
		try {
			ListedCandidates candidates = new ListedCandidates(list, (current != null) ? current.candidates() : null,
					this.ejections, this.detection.latency(), this.detection::inFlight, this.clock, this.random);
			Round made = new Round(candidates,
					Objects.requireNonNull(this.algorithm.create(candidates), "InstancePicker.Factory returned null"),
					this.picks);
			this.detection.renew(candidates);
			this.newest = made;
			return made;
		}
		catch (Throwable ex) {
			if (current == null) {
				throw new IllegalStateException("InstancePicker.Factory failed: " + ex, ex);
			}
			refuse(list, ex);
			return current;
		}
	}

	@SuppressWarnings("ReferenceEquality") // as above
	private void refuse(InstanceList list, Throwable reason) {
		if (this.refused != list) {
			this.refused = list;
			log.error(this.source.service() + ": InstancePicker.Factory failed for the new list of " + list.size()
					+ " instance(s); keeping the previous picker", reason);
		}
	}

	/**
	 * The candidates of a list, and their picker.
	 *
	 * @param candidates the instances
	 * @param picker the picker of these instances
	 * @param log records the picks, as long as they are requested
	 */
	record Round(ListedCandidates candidates, InstancePicker picker, PickLog log) {

		/**
		 * The maximum number of calls to the picker for one pick, if other callers have
		 * claimed the trials that it returns.
		 */
		static final int PICKS = 4;

		/**
		 * Picks an instance that the call hasn't tried and that is in use or due for a
		 * trial, if there is one. The algorithm is called again if another caller has
		 * claimed the trial that it has picked. If the algorithm finds no such instance,
		 * this method searches the list itself.
		 * @param reporting whether the caller will report how the attempt ends; only then
		 * may the attempt be a trial
		 * @throws IllegalStateException if the algorithm, which may be the application's,
		 * throws an exception or picks no instance
		 */
		TrackedInstance pick(TriedInstances tried, @Nullable String hashKey, @Nullable RequestLoad load,
				boolean reporting) {
			TrackedInstance picked = ask(tried, hashKey, load);
			if (picked.isLive() && tried.size() == 0) {
				return this.log.picked(picked, Reason.ALGORITHM, 0, load);
			}
			for (int n = 1; n <= PICKS && !tried.contains(picked.instance()); n++) {
				if (reporting ? this.candidates.claim(picked) : this.candidates.takes(picked)) {
					return this.log.picked(picked, reason(picked, tried), tried.size(), load);
				}
				picked = (n < PICKS) ? ask(tried, hashKey, load) : picked;
			}
			TrackedInstance found = this.candidates.lastResort(tried);
			return (found == null) ? this.log.picked(picked, Reason.TRIED, tried.size(), load) : this.log.picked(found,
					(found.ejectionState() instanceof Ejected) ? Reason.EJECTED : Reason.IN_USE, tried.size(), load);
		}

		private Reason reason(TrackedInstance picked, TriedInstances tried) {
			if (picked.ejectionState() instanceof Ejected) {
				return this.candidates.isOnTrial(picked) ? Reason.TRIAL : Reason.PANIC;
			}
			return (tried.size() == 0) ? Reason.ALGORITHM : Reason.OTHER_INSTANCE;
		}

		private TrackedInstance ask(TriedInstances tried, @Nullable String hashKey, @Nullable RequestLoad load) {
			try {
				InstanceState picked = (load != null) ? this.picker.pick(tried, hashKey, load)
						: this.picker.pick(tried, hashKey);
				return (TrackedInstance) Objects.requireNonNull(picked, "it picks nothing");
			}
			catch (Throwable ex) {
				throw new IllegalStateException("the algorithm fails: " + ex, ex);
			}
		}

	}

}
