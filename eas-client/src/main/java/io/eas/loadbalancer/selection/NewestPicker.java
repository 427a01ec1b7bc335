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
import io.eas.loadbalancer.TriedInstances;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The picker of a service's newest list. The first call makes it; from then on it follows
 * the list, without a call having to look: whoever brings another list, as the poll does,
 * has its picker made, and calls go on with the one before for as long as that takes. A
 * list that the algorithm fails with isn't taken. Thread-safe; a pick takes no lock.
 */
final class NewestPicker {

	private static final Log log = LogFactory.getLog(NewestPicker.class);

	/** Up to this size whoever brings a list makes its picker. */
	private static final int SHORT = 64;

	private final InstanceSource source;

	private final InstancePicker.Factory algorithm;

	private final Ejections ejections;

	private final OutlierDetection detection;

	private final LongSupplier clock;

	private final Supplier<RandomGenerator> random;

	private final Executor renewals;

	private volatile @Nullable Round newest;

	/** The list that the algorithm last failed with. */
	private volatile @Nullable InstanceList refused;

	/**
	 * No picker yet.
	 * @param source gives the list
	 * @param algorithm makes the picker
	 * @param ejections say who is left out
	 * @param detection watches the instances
	 * @param clock the nano time
	 * @param random where draws come from
	 * @param renewals runs what makes the pickers of long lists
	 */
	NewestPicker(InstanceSource source, InstancePicker.Factory algorithm, Ejections ejections,
			OutlierDetection detection, LongSupplier clock, Supplier<RandomGenerator> random, Executor renewals) {
		this.source = source;
		this.algorithm = algorithm;
		this.ejections = ejections;
		this.detection = detection;
		this.clock = clock;
		this.random = random;
		this.renewals = renewals;
	}

	/** What was made last, or null before the first list. */
	@Nullable Round newest() {
		return this.newest;
	}

	/**
	 * The picker to use now.
	 * @return null before the first list
	 * @throws IllegalStateException if the algorithm fails with the first list
	 */
	@Nullable Round current() {
		Round current = this.newest;
		return (current != null) ? current : first();
	}

	private @Nullable Round first() {
		return (this.source.current() != null) ? renew() : null;
	}

	/** The list has changed. Nothing is made before the first call. */
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
			throw new IllegalStateException("a list that was there is gone");
		}
		try {
			ListedCandidates candidates = new ListedCandidates(list, (current != null) ? current.candidates() : null,
					this.ejections, this.detection.latency(), this.detection::inFlight, this.clock, this.random);
			Round made = new Round(candidates,
					Objects.requireNonNull(this.algorithm.create(candidates), "InstancePicker.Factory returned null"));
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
	 * A list and its picker.
	 *
	 * @param candidates the instances
	 * @param picker picks from them
	 */
	record Round(ListedCandidates candidates, InstancePicker picker) {

		/**
		 * So many times the picker is asked for one pick, where others have the trials.
		 */
		static final int PICKS = 4;

		/**
		 * Picks an instance that the call hasn't tried and that is in use or may have its
		 * trial, if there is one. The algorithm is asked for it, again if what it has
		 * picked is another caller's trial, and what it can't find is found here.
		 * @param reporting whether the caller will tell how the attempt ends; only then
		 * may it be a trial
		 * @throws IllegalStateException if the algorithm, which may be the application's,
		 * throws or picks nothing
		 */
		TrackedInstance pick(TriedInstances tried, @Nullable String hashKey, boolean reporting) {
			TrackedInstance picked = ask(tried, hashKey);
			if (picked.isLive() && tried.size() == 0) {
				return picked;
			}
			for (int n = 1; n <= PICKS && !tried.contains(picked.instance()); n++) {
				if (reporting ? this.candidates.claim(picked) : this.candidates.takes(picked)) {
					return picked;
				}
				picked = (n < PICKS) ? ask(tried, hashKey) : picked;
			}
			TrackedInstance found = this.candidates.lastResort(tried);
			return (found != null) ? found : picked;
		}

		private TrackedInstance ask(TriedInstances tried, @Nullable String hashKey) {
			try {
				return (TrackedInstance) Objects.requireNonNull(this.picker.pick(tried, hashKey), "it picks nothing");
			}
			catch (Throwable ex) {
				throw new IllegalStateException("the algorithm fails: " + ex, ex);
			}
		}

	}

}
