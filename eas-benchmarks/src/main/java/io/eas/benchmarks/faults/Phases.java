package io.eas.benchmarks.faults;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

import io.eas.benchmarks.faults.Throughput.Timeline;
import io.eas.benchmarks.load.CallListener;
import io.eas.benchmarks.load.Measurement;
import io.eas.benchmarks.load.Outcome;

/**
 * Assigns calls to the phases in which they ended. Calls that were affected by the fault
 * are also recorded separately. Thread-safe; phases are entered by one thread, in
 * chronological order.
 */
final class Phases implements CallListener {

	private final Map<Phase, Measurement> byEnd = new EnumMap<>(Phase.class);

	private final Map<Phase, Double> seconds = new EnumMap<>(Phase.class);

	private final Map<Phase, Long> begun = new EnumMap<>(Phase.class);

	private final Throughput throughput = new Throughput();

	private final Measurement all = new Measurement();

	private final Measurement touched = new Measurement();

	private volatile Now now = new Now(Phase.WARM_UP, System.nanoTime());

	private volatile long mended;

	Phases() {
		List.of(Phase.values()).forEach((phase) -> this.byEnd.put(phase, new Measurement()));
	}

	void enter(Phase phase) {
		Now before = this.now;
		Now after = new Now(phase, System.nanoTime());
		this.seconds.put(before.phase, (after.since - before.since) / 1e9);
		this.begun.put(phase, after.since);
		if (phase == Phase.AFTER) {
			this.mended = after.since;
		}
		this.now = after;
	}

	@Override
	public void ended(long started, long ended, Outcome outcome) {
		Phase phase = this.now.phase;
		of(phase).ended(started, ended, outcome);
		if (!outcome.isFailure()) {
			this.throughput.answered(ended);
		}
		if (phase != Phase.WARM_UP) {
			this.all.ended(started, ended, outcome);
			if (phase != Phase.BEFORE && (phase.isStruck() || started - this.mended < 0)) {
				this.touched.ended(started, ended, outcome);
			}
		}
	}

	/** Returns the calls that ended in a phase. */
	Measurement of(Phase phase) {
		return this.byEnd.getOrDefault(phase, this.all);
	}

	/** Returns all calls except those of the warm-up. */
	Measurement all() {
		return this.all;
	}

	/**
	 * Returns the calls that were in progress at any time between the fault and its
	 * repair.
	 */
	Measurement touched() {
		return this.touched;
	}

	/** Returns how many calls failed after the {@link Demand#lead lead} of the fault. */
	long failedLater() {
		return EnumSet.range(Phase.DURING, Phase.END)
			.stream()
			.flatMap((phase) -> of(phase).failures().values().stream())
			.mapToLong(Long::longValue)
			.sum();
	}

	/** Returns the duration of a finished phase in seconds. */
	double seconds(Phase phase) {
		return this.seconds.getOrDefault(phase, Double.NaN);
	}

	/** Returns the answered calls per second in a finished phase. */
	double perSecond(Phase phase) {
		return of(phase).answered() / seconds(phase);
	}

	/** Returns the throughput from the end of the warm-up until the end of the case. */
	Timeline timeline() {
		return this.throughput.timeline(begun(Phase.BEFORE), begun(Phase.END), begun(Phase.STRIKING),
				begun(Phase.MENDING));
	}

	private long begun(Phase phase) {
		return this.begun.getOrDefault(phase, 0L);
	}

	/**
	 * The current phase.
	 *
	 * @param phase the phase
	 * @param since when the phase began
	 */
	private record Now(Phase phase, long since) {

	}

}
