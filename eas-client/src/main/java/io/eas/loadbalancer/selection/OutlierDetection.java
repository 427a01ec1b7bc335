package io.eas.loadbalancer.selection;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

import io.eas.loadbalancer.AttemptListener;
import io.eas.loadbalancer.EjectionListener.Cause;
import io.eas.loadbalancer.Outcome;
import io.eas.loadbalancer.selection.EjectionState.Avoided;
import io.eas.loadbalancer.selection.EjectionState.Ejected;

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

	private volatile List<TrackedInstance> members = List.of();

	OutlierDetection(Ejections ejections, long responseTimeout, AttemptListener listener, LongSupplier clock) {
		this.ejections = ejections;
		this.listener = listener;
		this.clock = clock;
		this.stalls = new StallDetection(clock.getAsLong(), responseTimeout);
	}

	/** The instances to watch from now on. */
	void renew(ListedCandidates newest) {
		this.members = newest.tracked();
		this.ejections.renew(newest);
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
		state.answering();
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

	/**
	 * Compares an answer with those of others to the same path.
	 * @return whether it is one that others don't give, so that it is no sign of health
	 */
	boolean isDenied(TrackedInstance state, int status, String target, long started) {
		if (!Disputes.isDenial(status)) {
			state.agreed();
			if (this.disputes.isOpen()) {
				this.disputes.answered(state, status, target, this.clock.getAsLong());
			}
			return false;
		}
		long now = this.clock.getAsLong();
		boolean disputed = this.disputes.denied(state, target, now);
		if (disputed && (state.denials() >= failuresThatEject(state) || isOut(state))) {
			eject(state, started, now, Cause.WRONG_SERVICE, state.denials() + " answer(s) in a row with status "
					+ status + " for what others answer; is another service at its address?");
		}
		return disputed || isOut(state, Cause.WRONG_SERVICE);
	}

	/**
	 * Ends an attempt.
	 * @param answering whether its headers have been taken note of
	 * @param denied whether it was answered as no other instance does
	 */
	void ended(TrackedInstance state, Outcome outcome, long started, boolean answering, boolean denied) {
		state.end();
		this.inFlight.decrement();
		this.listener.ended(outcome);
		if (outcome == Outcome.CANCELLED) {
			return;
		}
		long now = this.clock.getAsLong();
		switch (outcome) {
			case ANSWERED, BUSY -> answered(state, outcome, started, now, answering, denied);
			case POOL_EXHAUSTED -> state.move(EjectionState.LIVE, Avoided.from(now));
			case FAILED -> failed(state, state.failed(), started, now);
			case BROKEN -> broken(state, started, now);
			case STALE -> stale(state, started, now);
			case UNREACHABLE -> unreachable(state, started, now);
			default -> throw new IllegalStateException("there is no outcome " + outcome);
		}
	}

	private void answered(TrackedInstance state, Outcome outcome, long started, long now, boolean answering,
			boolean denied) {
		if (!answering) {
			answering(state, started, now);
		}
		state.answered();
		if (!state.isLive() && !denied) {
			recovered(state, started, now);
		}
		if (outcome == Outcome.BUSY) {
			busy(state, started, now);
		}
		else if (!state.isLive() && state.ejectionState() instanceof Avoided avoided
				&& started - avoided.since() >= 0) {
			state.move(avoided, EjectionState.LIVE);
		}
	}

	private void recovered(TrackedInstance state, long started, long now) {
		if (state.ejectionState() instanceof Ejected ejected && ejected.isJudgedBy(started)) {
			this.ejections.restore(state, now);
		}
	}

	private static void busy(TrackedInstance state, long started, long now) {
		EjectionState current = state.ejectionState();
		if (current instanceof Avoided avoided) {
			state.move(avoided, avoided.again(started, now));
		}
		else {
			state.move(EjectionState.LIVE, Avoided.from(now));
		}
	}

	private void look(TrackedInstance state, long now) {
		if (!isOut(state) && this.stalls.isStalled(state, now, failuresThatEject(state))) {
			eject(state, now, now, Cause.STALL, "none of " + state.inFlight() + " attempts answered for "
					+ TimeUnit.NANOSECONDS.toMillis(this.stalls.limit(state)) + " ms, while others were");
		}
	}

	private void unreachable(TrackedInstance state, long started, long now) {
		state.refused();
		eject(state, started, now, Cause.NO_CONNECTION, "no connection");
	}

	private void broken(TrackedInstance state, long started, long now) {
		int failures = state.failed();
		int breaks = state.broken();
		if (breaks >= failuresThatEject(state)) {
			eject(state, started, now, Cause.BROKEN_CONNECTIONS, breaks + " broken connection(s) in a row");
		}
		else {
			failed(state, failures, started, now);
		}
	}

	/** Whose trial it was leaves it to the next. */
	private static void stale(TrackedInstance state, long started, long now) {
		if (state.ejectionState() instanceof Ejected ejected && ejected.isTrial(started)) {
			state.move(ejected, ejected.due(now));
		}
	}

	private void failed(TrackedInstance state, int failures, long started, long now) {
		if (failures >= failuresThatEject(state) || isOut(state)) {
			eject(state, started, now, Cause.FAILURES, failures + " failure(s) in a row");
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

}
