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
 * Detects instances of a service that fail or stall, from the outcomes of attempts. The
 * detection is passive: it sends no requests of its own. Thread-safe; takes no lock
 * unless an instance fails.
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
		// so small that the allowed number of consecutive failures doesn't yet result in
		// a high failure rate
		this.gain = 1.0 / (10 * ejections.consecutiveFailures() + 1);
		this.stalls = new StallDetection(clock.getAsLong(), responseTimeout);
	}

	/** Replaces the list of instances by a new list. */
	void renew(ListedCandidates newest) {
		this.members = newest.tracked();
		this.ejections.renew(newest);
		this.disputes.renew(newest);
	}

	/** Returns the number of attempts in flight on all instances. */
	long inFlight() {
		return this.inFlight.sum();
	}

	/** Returns the average latencies. */
	LatencyEwma latency() {
		return this.latency;
	}

	/**
	 * Returns how long an attempt may wait for a response from an instance, in
	 * nanoseconds.
	 */
	long stallLimit(TrackedInstance state) {
		return this.stalls.limit(state);
	}

	/**
	 * Returns the stall limit, in nanoseconds, of an instance that isn't slower than
	 * other instances.
	 */
	long stallLimit() {
		return this.stalls.limit();
	}

	/** Returns the median of the response times, in nanoseconds. */
	long medianAnswer() {
		return this.stalls.median();
	}

	/**
	 * Returns whether a waiting attempt may be abandoned in favour of an attempt on
	 * another instance, whose response would prove that this instance is stalled. This is
	 * allowed if enough attempts wait on the instance, or if this attempt has waited for
	 * long enough, to rule out a coincidence. In addition, some time must have passed
	 * since another attempt was allowed to explore. If the instance is avoided because it
	 * is under suspicion, every waiting attempt may be abandoned.
	 * @param waited how long the attempt has waited, in nanoseconds
	 * @param responseTimeout how long the attempt may wait at most, in nanoseconds
	 */
	boolean mayExplore(TrackedInstance state, long waited, long responseTimeout) {
		long limit = this.stalls.limit(state);
		if (!this.ejections.doubts() || state.isEjected() || waited <= limit || !this.stalls.isMeasured()) {
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
	 * Records that an attempt was abandoned because it had waited for too long, and that
	 * its call was answered well by another instance. If the instance has not responded
	 * to anything since the abandoned attempt started, it counts as stalled, or as failed
	 * once.
	 * @param started the start of the abandoned attempt
	 */
	void overtaken(TrackedInstance state, long started) {
		if (state.isEjected() || !state.isSilentSince(started)) {
			return;
		}
		long now = this.clock.getAsLong();
		state.recordFailure(LastFailure.of(Outcome.FAILED, 0, "no answer, while another instance answered", now));
		// one attempt less than usual, since the abandoned attempt is no longer waiting
		if (state.isSilent(now, this.stalls.limit(state), Math.max(1, failuresThatEject(state) - 1))) {
			stalled(state, now, "an attempt moved to another instance was answered");
		}
		else {
			failed(state, state.failed(this.gain), 0, now, now);
		}
	}

	/** Returns the current time of the nano clock. */
	long now() {
		return this.clock.getAsLong();
	}

	/** Starts an attempt. */
	TrackedAttempt begin(TrackedInstance state) {
		long now = this.clock.getAsLong();
		state.begin(now);
		this.inFlight.increment();
		return new TrackedAttempt(this, state, now);
	}

	/** Records that the headers of a response have arrived. */
	void answering(TrackedInstance state, long started) {
		answering(state, started, this.clock.getAsLong());
	}

	private void answering(TrackedInstance state, long started, long now) {
		state.answering(now);
		if (state.isEjected()) {
			return;
		}
		this.latency.record(state, now - started, now);
		if (this.stalls.answered(now - started, now)) {
			this.members.forEach((member) -> look(member, now));
		}
	}

	/**
	 * Decides the trial of an ejected instance when a response has begun. The attempt
	 * isn't counted yet.
	 */
	void judged(TrackedInstance state, Outcome said, long started) {
		if (!state.isEjected()) {
			return;
		}
		if (said == Outcome.FAILED) {
			eject(state, started, this.clock.getAsLong(), Cause.FAILURES, "the trial failed");
		}
		else {
			recovered(state, started, this.clock.getAsLong());
		}
	}

	/** Compares a response with those of other instances to the same path. */
	Verdict compare(TrackedInstance state, int status, String method, String target, long started) {
		if (!Disputes.isDenial(status)) {
			state.agreed();
			if (this.disputes.isOpen()) {
				this.disputes.answered(state, status, method, target, this.clock.getAsLong());
			}
			return Verdict.FINE;
		}
		long now = this.clock.getAsLong();
		boolean outForThat = state.ejectionCause() == Cause.WRONG_ANSWERS;
		int enough = this.disputes.denied(state, method, target, failuresThatEject(state), now);
		if (enough > 0 && (state.denials() >= enough || outForThat)) {
			String likely = (status == 500) ? "is the model broken there?" : "is another service at its address?";
			doubt(state, started, now, Cause.WRONG_ANSWERS, state.denials() + " answer(s) in a row with status "
					+ status + " for requests that others answer; " + likely);
			return state.isShunned(now) ? Verdict.MISPLACED : Verdict.DENIED;
		}
		return outForThat ? Verdict.MISPLACED : (enough > 0) ? Verdict.DENIED : Verdict.FINE;
	}

	/**
	 * Records the end of an attempt.
	 * @param answering whether the headers of the response have been recorded
	 * @param denied whether the response was a denial of a request that other instances
	 * answer
	 * @param forgotten whether the connection had been idle for so long that a device on
	 * the way, such as a firewall, may have dropped it
	 * @param status the status of the response; 0 if there was none
	 */
	void ended(TrackedInstance state, Outcome outcome, long started, boolean answering, boolean denied,
			boolean forgotten, int status) {
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
			case FAILED -> failed(state, state.failed(this.gain), status, started, now);
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
			state.avoid(started, now, false);
		}
	}

	private void recovered(TrackedInstance state, long started, long now) {
		if (state.ejectionState() instanceof Ejected ejected && ejected.isJudgedBy(started)) {
			this.ejections.restore(state, now);
		}
	}

	private void look(TrackedInstance state, long now) {
		if (!state.isEjected() && this.stalls.isStalled(state, now, failuresThatEject(state))) {
			stalled(state, now, "other instances answered");
		}
	}

	private void stalled(TrackedInstance state, long now, String contrast) {
		doubt(state, now, now, Cause.STALL, "none of " + state.inFlight() + " attempts was answered for "
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
			failed(state, failures, 0, started, now);
		}
	}

	/**
	 * Records that a pooled connection was stale. If the attempt was a trial, the next
	 * attempt may be the trial.
	 */
	private void stale(TrackedInstance state, long started, long now, boolean forgotten) {
		if (state.ejectionState() instanceof Ejected ejected && ejected.isTrial(started)) {
			state.move(ejected, ejected.due(now));
		}
		if (!forgotten) {
			state.stale(this.gain);
			judgeRate(state, started, now);
		}
	}

	private void failed(TrackedInstance state, int failures, int status, long started, long now) {
		if (failures >= failuresThatEject(state) || state.isEjected()) {
			String last = (status >= 500) ? ", the last: status " + status : "";
			doubt(state, started, now, Cause.FAILURES, failures + " failure(s) in a row" + last);
		}
		else {
			judgeRate(state, started, now);
		}
	}

	private void judgeRate(TrackedInstance state, long started, long now) {
		if (!state.isEjected() && failsOften(state, now)) {
			doubt(state, started, now, Cause.FAILURES,
					Math.round(100 * state.failureRate()) + " % of its last attempts failed");
		}
	}

	/**
	 * Returns whether the failure rate of an instance exceeds the average rate of the
	 * other instances by 25 percentage points. If all instances fail, none is an outlier.
	 */
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

	/**
	 * Ejects an instance in doubt, or avoids it if too many instances are ejected on
	 * suspicion already.
	 */
	private void doubt(TrackedInstance state, long started, long now, Cause cause, String reason) {
		eject(state, started, now, cause, reason);
		if (this.ejections.doubts() && this.ejections.carrying() > 1 && !state.isEjected()
				&& state.avoid(started, now, true) && state.tellsAvoided(now)) {
			this.ejections.tellAvoided(state, cause, reason);
		}
	}

	private void eject(TrackedInstance state, long started, long now, Cause cause, String reason) {
		this.ejections.eject(state, started, now, cause, reason);
	}

	/**
	 * Returns the number of consecutive failures that eject an instance; one is enough if
	 * discovery no longer lists the instance.
	 */
	private int failuresThatEject(TrackedInstance state) {
		return state.instance().omitted() ? 1 : this.ejections.consecutiveFailures();
	}

	/**
	 * The failure rates of the instances in use.
	 *
	 * @param sum the sum of the rates
	 * @param count the number of instances
	 * @param at the time of the calculation
	 */
	private record Rates(double sum, int count, long at) {

		static final long VALID = TimeUnit.MILLISECONDS.toNanos(100);

		static Rates of(List<TrackedInstance> members, long now) {
			double[] rates = members.stream()
				.filter((state) -> !state.isEjected() && state.instance().weight() > 0)
				.mapToDouble(TrackedInstance::failureRate)
				.toArray();
			return new Rates(Arrays.stream(rates).sum(), rates.length, now);
		}

	}

}
