package io.eas.loadbalancer.selection;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

import io.eas.loadbalancer.RequestLoad;
import org.jspecify.annotations.Nullable;

/**
 * The last picks of a service, for people to read. Picks are recorded only for a minute
 * after each request for them; otherwise a pick costs one volatile read and allocates
 * nothing. Thread-safe and lock-free.
 */
final class PickLog {

	private static final long RECORDED = TimeUnit.MINUTES.toNanos(1);

	private final LongSupplier clock;

	private volatile @Nullable Ring ring;

	PickLog(LongSupplier clock) {
		this.clock = clock;
	}

	/**
	 * Records a pick, if picks have been requested recently.
	 * @param picked the instance
	 * @param reason why the instance was picked
	 * @param tried the number of instances that the call has tried before
	 * @param load the value that the algorithm has read from the body, or null if there
	 * is none
	 * @return the instance
	 */
	TrackedInstance picked(TrackedInstance picked, Reason reason, int tried, @Nullable RequestLoad load) {
		Ring recording = this.ring;
		if (recording != null) {
			record(recording, picked, reason, tried, load);
		}
		return picked;
	}

	private void record(Ring recording, TrackedInstance picked, Reason reason, int tried, @Nullable RequestLoad load) {
		long now = this.clock.getAsLong();
		if (now - recording.asked > RECORDED) {
			stop(recording, now);
		}
		else {
			recording.add(new Pick(now, picked.instance().address(), reason, reason.isAlgorithm() ? reason(load) : null,
					tried + 1, picked.inFlight()));
		}
	}

	/**
	 * Returns the reason that the algorithm gives. The algorithm may be the
	 * application's, so its exceptions are caught.
	 */
	private static @Nullable String reason(@Nullable RequestLoad load) {
		try {
			return (load != null) ? load.reason() : null;
		}
		catch (Throwable ex) {
			return "the algorithm can't say why: " + ex.getClass().getSimpleName();
		}
	}

	/** Stops recording, unless picks have been requested in the meantime. */
	private synchronized void stop(Ring recording, long now) {
		if (this.ring == recording && now - recording.asked > RECORDED) {
			this.ring = null;
		}
	}

	private synchronized Ring record(long now) {
		Ring recording = this.ring;
		if (recording == null || now - recording.asked > RECORDED) {
			recording = new Ring(now);
			this.ring = recording;
		}
		recording.asked = now;
		return recording;
	}

	/**
	 * Returns the last picks, the newest first, and continues to record for a minute.
	 * @param count the maximum number of picks
	 * @param instant converts times of the nano clock
	 */
	List<PickDescription> last(int count, LongFunction<Instant> instant) {
		return record(this.clock.getAsLong()).last(count)
			.stream()
			.map((pick) -> new PickDescription(instant.apply(pick.at()).truncatedTo(ChronoUnit.MILLIS), pick.address(),
					pick.words(), pick.attempt(), pick.inFlight()))
			.toList();
	}

	/** Why an instance was picked. */
	enum Reason {

		ALGORITHM("the algorithm's choice"),

		OTHER_INSTANCE("the algorithm's choice among the instances that the call has not tried"),

		TRIAL("the trial of an ejected instance"),

		PANIC("ejected, but used since too many are ejected on suspicion"),

		IN_USE("found in the list, since the algorithm has no other instance in use"),

		EJECTED("ejected, but the call has tried all others"),

		TRIED("tried before, but there is no other instance");

		private final String words;

		Reason(String words) {
			this.words = words;
		}

		boolean isAlgorithm() {
			return this == ALGORITHM || this == OTHER_INSTANCE;
		}

	}

	/**
	 * A pick.
	 *
	 * @param at the time of the nano clock
	 * @param details the reason that the algorithm gives, or null
	 * @param attempt the number of instances that the call has tried before, plus 1
	 * @param inFlight the attempts that were in flight on the instance
	 */
	private record Pick(long at, String address, Reason reason, @Nullable String details, int attempt, int inFlight) {

		String words() {
			return (this.details != null) ? this.reason.words + ": " + this.details : this.reason.words;
		}

	}

	/** A bounded ring, in which new picks replace the oldest ones. */
	private static final class Ring {

		private final AtomicReferenceArray<@Nullable Pick> picks = new AtomicReferenceArray<>(PickDescription.MOST);

		private final AtomicLong next = new AtomicLong();

		/** The time of the last request for picks. */
		private volatile long asked;

		Ring(long now) {
			this.asked = now;
		}

		void add(Pick pick) {
			this.picks.set((int) (this.next.getAndIncrement() % PickDescription.MOST), pick);
		}

		List<Pick> last(int count) {
			List<Pick> last = new ArrayList<>();
			long end = this.next.get();
			long first = Math.max(0, end - Math.min(count, PickDescription.MOST));
			for (long n = end - 1; n >= first; n--) {
				Pick pick = this.picks.get((int) (n % PickDescription.MOST));
				if (pick != null) {
					last.add(pick);
				}
			}
			return last;
		}

	}

}
