package io.eas.loadbalancer.selection;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

import io.eas.loadbalancer.AttemptListener;
import io.eas.loadbalancer.EjectionListener.Cause;
import io.eas.loadbalancer.Outcome;
import io.eas.loadbalancer.selection.Disputes.Verdict;
import io.eas.loadbalancer.selection.EjectionState.Avoided;
import io.eas.loadbalancer.selection.EjectionState.Ejected;
import org.jspecify.annotations.Nullable;

/**
 * Learns from how attempts go which instances of a service fail or stand still. Passive:
 * it sends nothing itself. Thread-safe; takes no lock unless an instance fails.
 */
final class OutlierDetection {

	private final Ejections ejections;

	private final StallDetection stalls;

	private final Disputes disputes = new Disputes();

	private final LatencyEwma latency = new LatencyEwma();

	private final LongAdder inFlight = new LongAdder();

	private final AttemptListener listener;

	private final LongSupplier clock;

	/** The weight of one attempt in an instance's failure rate. */
	private final double gain;

	private volatile List<TrackedInstance> members = List.of();

	private volatile @Nullable Rates rates;

	OutlierDetection(Ejections ejections, long responseTimeout, AttemptListener listener, LongSupplier clock) {
		this.ejections = ejections;
		this.listener = listener;
		this.clock = clock;
		// so that as many failures in a row as are allowed are no high rate yet
		this.gain = 1.0 / (10 * ejections.consecutiveFailures() + 1);
		this.stalls = new StallDetection(clock.getAsLong(), responseTimeout);
	}

	/** The instances to watch from now on. */
	void renew(ListedCandidates newest) {
		this.members = newest.tracked();
		this.ejections.renew(newest);
		this.disputes.renew(newest);
	}

	/** The attempts in flight on all instances. */
	long inFlight() {
		return this.inFlight.sum();
	}

	/** How long answers take. */
	LatencyEwma latency() {
		return this.latency;
	}

	/** How long an attempt may wait on an instance, in nanoseconds. */
	long stallLimit(TrackedInstance state) {
		return this.stalls.limit(state);
	}

	/** The same on an instance that isn't slower than others. */
	long stallLimit() {
		return this.stalls.limit();
	}

	/** How long half of the answers take, in nanoseconds. */
	long medianAnswer() {
		return this.stalls.median();
	}

	/**
	 * Whether an attempt may be given up for another one elsewhere, whose answer would
	 * tell that the instance stands still: so many others wait with it, or it has waited
	 * for so long, that it is no coincidence, and it is the first to ask. Where others
	 * are preferred for doubt any may.
	 * @param waited for how long it has waited
	 * @param responseTimeout for how long it might
	 */
	boolean mayExplore(TrackedInstance state, long waited, long responseTimeout) {
		long limit = this.stalls.limit(state);
		if (!this.ejections.doubts() || isOut(state) || waited <= limit || !this.stalls.isMeasured()) {
			return false;
		}
		long now = this.clock.getAsLong();
		if (state.ejectionState() instanceof Avoided avoided && avoided.isDoubted(now)) {
			return true;
		}
		return (state.isSilent(now, limit, failuresThatEject(state)) || this.stalls.isLate(waited, responseTimeout))
				&& this.stalls.takeTurn(limit, now);
	}

	/**
	 * A call was answered well elsewhere whose attempt was given up there, as it had
	 * waited for too long. If the instance has given no sign of life since that attempt
	 * began, it stands still, or has failed once.
	 * @param started when the attempt began
	 */
	void overtaken(TrackedInstance state, long started) {
		if (isOut(state) || !state.isSilentSince(started)) {
			return;
		}
		long now = this.clock.getAsLong();
		// the attempt is no longer one of those that wait
		if (state.isSilent(now, this.stalls.limit(state), Math.max(1, failuresThatEject(state) - 1))) {
			stalled(state, now, "another one was answered elsewhere");
		}
		else {
			failed(state, state.failed(this.gain), now, now);
		}
	}

	/** Starts an attempt. */
	TrackedAttempt begin(TrackedInstance state) {
		long now = this.clock.getAsLong();
		state.begin(now);
		this.inFlight.increment();
		return new TrackedAttempt(this, state, now);
	}

	/** The headers of an answer are there. */
	void answering(TrackedInstance state, long started) {
		answering(state, started, this.clock.getAsLong());
	}

	private void answering(TrackedInstance state, long started, long now) {
		state.answering(now);
		if (isOut(state)) {
			return;
		}
		this.latency.record(state, now - started, now);
		if (this.stalls.answered(now - started, now)) {
			this.members.forEach((member) -> look(member, now));
		}
	}

	/**
	 * What an answer says of an instance that is out, before all of it is there. Nothing
	 * is counted yet.
	 */
	void judged(TrackedInstance state, Outcome said, long started) {
		if (!isOut(state)) {
			return;
		}
		if (said == Outcome.FAILED) {
			eject(state, started, this.clock.getAsLong(), Cause.FAILURES, "the trial failed");
		}
		else {
			recovered(state, started, this.clock.getAsLong());
		}
	}

	/** Compares an answer with those of others to the same path. */
	Verdict compare(TrackedInstance state, int status, String method, String target, long started) {
		if (!Disputes.isDenial(status)) {
			state.agreed();
			if (this.disputes.isOpen()) {
				this.disputes.answered(state, status, method, target, this.clock.getAsLong());
			}
			return Verdict.FINE;
		}
		long now = this.clock.getAsLong();
		boolean outForThat = isOut(state, Cause.WRONG_ANSWERS);
		int enough = this.disputes.denied(state, method, target, failuresThatEject(state), now);
		if (enough > 0 && (state.denials() >= enough || outForThat)) {
			String likely = (status == 500) ? "is the model broken there?" : "is another service at its address?";
			doubt(state, started, now, Cause.WRONG_ANSWERS, state.denials() + " answer(s) in a row with status "
					+ status + " for what others answer; " + likely);
			return isShunned(state, now) ? Verdict.MISPLACED : Verdict.DENIED;
		}
		return outForThat ? Verdict.MISPLACED : (enough > 0) ? Verdict.DENIED : Verdict.FINE;
	}

	private static boolean isShunned(TrackedInstance state, long now) {
		EjectionState current = state.ejectionState();
		return current instanceof Ejected || (current instanceof Avoided avoided && avoided.isDoubted(now));
	}

	/**
	 * Ends an attempt.
	 * @param answering whether its headers have been taken note of
	 * @param denied whether it was answered as no other instance does
	 * @param forgotten whether its connection had been idle for so long that something on
	 * the way may have forgotten it
	 */
	void ended(TrackedInstance state, Outcome outcome, long started, boolean answering, boolean denied,
			boolean forgotten) {
		state.end();
		this.inFlight.decrement();
		this.listener.ended(outcome);
		if (outcome == Outcome.CANCELLED) {
			return;
		}
		long now = this.clock.getAsLong();
		switch (outcome) {
			case ANSWERED, BUSY -> answered(state, outcome, started, now, answering, denied);
			case POOL_EXHAUSTED -> state.move(EjectionState.LIVE, Avoided.from(now, false));
			case FAILED -> failed(state, state.failed(this.gain), started, now);
			case BROKEN -> broken(state, started, now);
			case STALE -> stale(state, started, now, forgotten);
			case UNREACHABLE -> unreachable(state, started, now);
			default -> throw new IllegalStateException("there is no outcome " + outcome);
		}
	}

	private void answered(TrackedInstance state, Outcome outcome, long started, long now, boolean answering,
			boolean denied) {
		if (!answering) {
			answering(state, started, now);
		}
		state.answered(this.gain);
		if (!state.isLive() && !denied) {
			recovered(state, started, now);
			if (outcome == Outcome.ANSWERED && state.ejectionState() instanceof Avoided avoided
					&& started - avoided.since() >= 0) {
				state.move(avoided, EjectionState.LIVE);
			}
		}
		if (outcome == Outcome.BUSY) {
			avoid(state, started, now, false);
		}
	}

	private void recovered(TrackedInstance state, long started, long now) {
		if (state.ejectionState() instanceof Ejected ejected && ejected.isJudgedBy(started)) {
			this.ejections.restore(state, now);
		}
	}

	/**
	 * Others are preferred for a short time.
	 * @return whether that is new
	 */
	private static boolean avoid(TrackedInstance state, long started, long now, boolean doubted) {
		EjectionState current = state.ejectionState();
		if (current instanceof Avoided avoided) {
			state.move(avoided, avoided.again(started, now, doubted));
			return false;
		}
		return !(current instanceof Ejected) && state.move(current, Avoided.from(now, doubted));
	}

	private void look(TrackedInstance state, long now) {
		if (!isOut(state) && this.stalls.isStalled(state, now, failuresThatEject(state))) {
			stalled(state, now, "others were");
		}
	}

	private void stalled(TrackedInstance state, long now, String contrast) {
		doubt(state, now, now, Cause.STALL, "none of " + state.inFlight() + " attempts answered for "
				+ TimeUnit.NANOSECONDS.toMillis(this.stalls.limit(state)) + " ms, while " + contrast);
	}

	private void unreachable(TrackedInstance state, long started, long now) {
		state.refused();
		eject(state, started, now, Cause.NO_CONNECTION, "no connection");
	}

	private void broken(TrackedInstance state, long started, long now) {
		int failures = state.failed(this.gain);
		int breaks = state.broken();
		if (breaks >= failuresThatEject(state)) {
			eject(state, started, now, Cause.BROKEN_CONNECTIONS, breaks + " broken connection(s) in a row");
		}
		else {
			failed(state, failures, started, now);
		}
	}

	/** Whose trial it was leaves it to the next. */
	private void stale(TrackedInstance state, long started, long now, boolean forgotten) {
		if (state.ejectionState() instanceof Ejected ejected && ejected.isTrial(started)) {
			state.move(ejected, ejected.due(now));
		}
		if (!forgotten) {
			state.stale(this.gain);
			judgeRate(state, started, now);
		}
	}

	private void failed(TrackedInstance state, int failures, long started, long now) {
		if (failures >= failuresThatEject(state) || isOut(state)) {
			doubt(state, started, now, Cause.FAILURES, failures + " failure(s) in a row");
		}
		else {
			judgeRate(state, started, now);
		}
	}

	private void judgeRate(TrackedInstance state, long started, long now) {
		if (!isOut(state) && failsOften(state, now)) {
			doubt(state, started, now, Cause.FAILURES,
					Math.round(100 * state.failureRate()) + " % of its last attempts failed");
		}
	}

	/** More often than others, by a quarter: where all do, none is to blame. */
	private boolean failsOften(TrackedInstance state, long now) {
		double rate = state.failureRate();
		if (rate < TrackedInstance.HIGHEST_RATE) {
			return false;
		}
		Rates known = this.rates;
		if (known == null || now - known.at > Rates.VALID) {
			known = Rates.of(this.members, now);
			this.rates = known;
		}
		double others = Math.max(0, known.sum - rate) / Math.max(1, known.count - 1);
		return rate - others >= TrackedInstance.HIGHEST_RATE;
	}

	/** Others are preferred at least, where too much is left out by doubt. */
	private void doubt(TrackedInstance state, long started, long now, Cause cause, String reason) {
		eject(state, started, now, cause, reason);
		if (this.ejections.doubts() && this.ejections.carrying() > 1 && !isOut(state)
				&& avoid(state, started, now, true) && state.tellsAvoided(now)) {
			this.ejections.tellAvoided(state, cause, reason);
		}
	}

	private void eject(TrackedInstance state, long started, long now, Cause cause, String reason) {
		this.ejections.eject(state, started, now, cause, reason);
	}

	/** What discovery no longer lists is gone with the first sign of it. */
	private int failuresThatEject(TrackedInstance state) {
		return state.instance().omitted() ? 1 : this.ejections.consecutiveFailures();
	}

	private static boolean isOut(TrackedInstance state, Cause cause) {
		return state.ejectionState() instanceof Ejected ejected && ejected.cause() == cause;
	}

	private static boolean isOut(TrackedInstance state) {
		return !state.isLive() && state.ejectionState() instanceof Ejected;
	}

	/**
	 * How often the instances in use fail.
	 *
	 * @param sum of their failure rates
	 * @param count how many they are
	 * @param at when
	 */
	private record Rates(double sum, int count, long at) {

		static final long VALID = TimeUnit.MILLISECONDS.toNanos(100);

		static Rates of(List<TrackedInstance> members, long now) {
			double[] rates = members.stream()
				.filter((state) -> !isOut(state) && state.instance().weight() > 0)
				.mapToDouble(TrackedInstance::failureRate)
				.toArray();
			return new Rates(Arrays.stream(rates).sum(), rates.length, now);
		}

	}

}
