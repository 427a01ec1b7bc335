package io.eas.loadbalancer.selection;

import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.eas.discovery.InstanceSource;
import io.eas.instance.InstanceList;
import io.eas.instance.InstanceList.Source;
import io.eas.loadbalancer.InstancePicker;
import io.eas.loadbalancer.TriedInstances;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The picker of a service's newest list. When the list has changed, one caller makes the
 * new picker, or has another thread make it where the list is long, and the others go on
 * with the one before until it is there, without a lock. Only for the first list, and the
 * first after the gateway stood in for it, all wait. A list that the algorithm fails with
 * isn't taken. Thread-safe.
 */
final class NewestPicker {

	private static final Log log = LogFactory.getLog(NewestPicker.class);

	/** Up to this size a caller makes the picker itself. */
	private static final int SHORT = 64;

	private final InstanceSource source;

	private final InstancePicker.Factory algorithm;

	private final Ejections ejections;

	private final OutlierDetection detection;

	private final LongSupplier clock;

	private final Supplier<RandomGenerator> random;

	private final Executor renewals;

	private final AtomicBoolean renewing = new AtomicBoolean();

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
	 * The picker for a list, or the one before while another makes that.
	 * @param list the newest one
	 * @throws IllegalStateException if the algorithm fails with the first list
	 */
	@SuppressWarnings("ReferenceEquality") // an unchanged list is the same object
	Round of(InstanceList list) {
		Round current = this.newest;
		if (current != null && (current.candidates().list() == list || this.refused == list)) {
			return current;
		}
		if (current == null || current.isGateway()) {
			return renew();
		}
		if (!this.renewing.compareAndSet(false, true)) {
			return current;
		}
		return (list.size() <= SHORT) ? renew() : renewElsewhere(current);
	}

	private Round renewElsewhere(Round current) {
		try {
			this.renewals.execute(this::renew);
		}
		catch (RejectedExecutionException ex) {
			// the application is stopping
			this.renewing.set(false);
		}
		return current;
	}

	private synchronized Round renew() {
		try {
			return make(this.newest, this.source.current());
		}
		finally {
			this.renewing.set(false);
		}
	}

	@SuppressWarnings("ReferenceEquality") // as above
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
		 * Picks an instance, another one if the trial of what was picked is another
		 * caller's. What is picked for the fourth time is taken as it is: there may be
		 * nothing but ejected ones.
		 * @throws IllegalStateException if the algorithm, which may be the application's,
		 * throws or picks nothing
		 */
		TrackedInstance pick(TriedInstances tried, @Nullable String hashKey) {
			TrackedInstance picked = ask(tried, hashKey);
			for (int n = 1; n < PICKS && !this.candidates.claim(picked); n++) {
				picked = ask(tried, hashKey);
			}
			return picked;
		}

		private TrackedInstance ask(TriedInstances tried, @Nullable String hashKey) {
			try {
				return (TrackedInstance) Objects.requireNonNull(this.picker.pick(tried, hashKey), "it picks nothing");
			}
			catch (Throwable ex) {
				throw new IllegalStateException("the algorithm fails: " + ex, ex);
			}
		}

		/** Whether it is the gateway, which a list of instances replaces at once. */
		boolean isGateway() {
			return this.candidates.list().source() == Source.GATEWAY;
		}

	}

}
