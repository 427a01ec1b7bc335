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
 * Learns from how attempts end which instances of a service fail or stand still. Passive:
 * it sends nothing itself. Thread-safe; takes no lock unless an instance fails.
 */
final class OutlierDetection {

	private static final long AVOIDED = TimeUnit.MILLISECONDS.toNanos(100);

	private final Ejections ejections;

	private final StallDetection stalls;

	private final LatencyEwma latency = new LatencyEwma();

	private final LongAdder inFlight = new LongAdder();

	private final AttemptListener listener;

	private final LongSupplier clock;

	private volatile List<TrackedInstance> members = List.of();

	OutlierDetection(Ejections ejections, AttemptListener listener, LongSupplier clock) {
		this.ejections = ejections;
		this.listener = listener;
		this.clock = clock;
		this.stalls = new StallDetection(clock.getAsLong());
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

	/** How long an attempt may wait on an instance that stands still. */
	long stallLimit() {
		return this.stalls.longestWait();
	}

	/** The instance takes connections again. */
	void reachable(TrackedInstance state) {
		if (state.ejectionState() instanceof Ejected ejected && ejected.cause() == Cause.NO_CONNECTION) {
			state.move(ejected, ejected.due(this.clock.getAsLong()));
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

	/**
	 * Ends an attempt.
	 * @param answering whether its headers have been taken note of
	 */
	void ended(TrackedInstance state, Outcome outcome, long started, boolean answering) {
		state.end();
		this.inFlight.decrement();
		this.listener.ended(outcome);
		if (outcome == Outcome.CANCELLED) {
			return;
		}
		long now = this.clock.getAsLong();
		switch (outcome) {
			case ANSWERED -> answered(state, started, now, answering);
			case BUSY -> busy(state, started, now, answering);
			case POOL_EXHAUSTED -> avoid(state, now);
			case FAILED -> failed(state, started, now);
			case UNREACHABLE -> unreachable(state, started, now);
			default -> throw new IllegalStateException("there is no outcome " + outcome);
		}
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

	private void answered(TrackedInstance state, long started, long now, boolean answering) {
		if (!answering) {
			answering(state, started, now);
		}
		state.answered();
		if (!state.isLive() && state.ejectionState() instanceof Ejected ejected && ejected.isJudgedBy(started)) {
			this.ejections.restore(state, now);
		}
	}

	private void look(TrackedInstance state, long now) {
		if (!isOut(state) && this.stalls.isStalled(state, now, this.ejections.consecutiveFailures())) {
			this.ejections.eject(state, now, now, Cause.STALL, "none of " + state.inFlight() + " attempts answered for "
					+ TimeUnit.NANOSECONDS.toMillis(this.stalls.longestWait()) + " ms, while others were");
		}
	}

	private static boolean isOut(TrackedInstance state) {
		return !state.isLive() && state.ejectionState() instanceof Ejected;
	}

	private void busy(TrackedInstance state, long started, long now, boolean answering) {
		answered(state, started, now, answering);
		avoid(state, now);
	}

	private static void avoid(TrackedInstance state, long now) {
		state.move(EjectionState.LIVE, new Avoided(now + AVOIDED));
	}

	private void unreachable(TrackedInstance state, long started, long now) {
		state.refused();
		this.ejections.eject(state, started, now, Cause.NO_CONNECTION, "no connection");
	}

	private void failed(TrackedInstance state, long started, long now) {
		int failures = state.failed();
		if (failures >= this.ejections.consecutiveFailures() || isOut(state)) {
			this.ejections.eject(state, started, now, Cause.FAILURES, failures + " failure(s) in a row");
		}
	}

}
