package io.eas.emulator.lifecycle;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.eas.deployment.model.CheckKind;
import io.eas.deployment.model.Timings;
import io.eas.emulator.lifecycle.LifecycleState.Phase;
import io.eas.emulator.probe.ProbeResult;

/**
 * One process of an instance with the results of its checks. Each process begins with the
 * initial verdicts.
 *
 * @param number the number of the process, from 1; 0 before the first one
 * @param since when the process started, or is being started
 * @param tallies the results by check, for each check that exists
 */
record Run(int number, Instant since, Map<CheckKind, ConsecutiveResults> tallies) {

	static Run none(LifecycleRules rules, Instant now) {
		Map<CheckKind, ConsecutiveResults> tallies = new EnumMap<>(CheckKind.class);
		rules.checks().keySet().forEach((kind) -> tallies.put(kind, ConsecutiveResults.of(kind)));
		return new Run(0, now, tallies);
	}

	Run next(Instant now) {
		Map<CheckKind, ConsecutiveResults> tallies = new EnumMap<>(this.tallies);
		tallies.replaceAll((kind, tally) -> tally.forNextProcess(kind));
		return new Run(this.number + 1, now, tallies);
	}

	Run startedAt(Instant now) {
		return new Run(this.number, now, this.tallies);
	}

	Run with(CheckKind kind, ProbeResult result, Timings timings) {
		Map<CheckKind, ConsecutiveResults> changed = new EnumMap<>(this.tallies);
		changed.computeIfPresent(kind, (same, tally) -> tally.with(result, Threshold.of(timings)));
		return new Run(this.number, this.since, changed);
	}

	Run withLate(CheckKind kind, ProbeResult result, Timings timings) {
		Map<CheckKind, ConsecutiveResults> changed = new EnumMap<>(this.tallies);
		changed.computeIfPresent(kind, (same, tally) -> tally.withLate(kind, result, Threshold.of(timings)));
		return new Run(this.number, this.since, changed);
	}

	/**
	 * Returns the verdict of a check. A check that doesn't exist counts as succeeded.
	 */
	Verdict verdict(CheckKind kind) {
		ConsecutiveResults tally = this.tallies.get(kind);
		return (tally != null) ? tally.verdict() : Verdict.SUCCESS;
	}

	/**
	 * Returns whether a check counts now: the startup check until it has succeeded, the
	 * other checks afterwards.
	 */
	boolean admits(CheckKind kind) {
		boolean started = verdict(CheckKind.STARTUP) == Verdict.SUCCESS;
		return this.tallies.containsKey(kind) && (kind == CheckKind.STARTUP) != started;
	}

	/** Returns why the process must end, if it must. */
	Optional<String> failure() {
		return Stream.of(CheckKind.STARTUP, CheckKind.LIVENESS)
			.filter((kind) -> verdict(kind) == Verdict.FAILURE)
			.flatMap((kind) -> Stream.ofNullable(this.tallies.get(kind)).map((tally) -> tally.reason(kind)))
			.findFirst();
	}

	/** Returns the state of a process that keeps running. */
	LifecycleState state(Instant now) {
		if (verdict(CheckKind.STARTUP) != Verdict.SUCCESS) {
			return LifecycleState.of(Phase.STARTING, now);
		}
		return LifecycleState.of(isReady() ? Phase.READY : Phase.NOT_READY, now);
	}

	/** Returns whether the checks let the process take traffic while it runs. */
	boolean isReady() {
		return verdict(CheckKind.STARTUP) == Verdict.SUCCESS && verdict(CheckKind.READINESS) == Verdict.SUCCESS;
	}

	Map<CheckKind, ProbeResult> lastResults() {
		Map<CheckKind, ProbeResult> results = new EnumMap<>(CheckKind.class);
		this.tallies.forEach((kind, tally) -> {
			ProbeResult last = tally.last();
			if (last != null) {
				results.put(kind, last);
			}
		});
		return results;
	}

}
