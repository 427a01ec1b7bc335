package io.eas.deployment.explanation;

import java.util.function.LongFunction;

import io.eas.deployment.model.Timings;

/**
 * A worker of the kubelet in slow motion, in ms: a ticker with room for one tick, a check
 * that takes its time, and a count of equal results. Knows nothing of what it is compared
 * with.
 */
final class SimulatedWorker {

	private static final long HORIZON = 1_000_000;

	private final Timings timings;

	private final LongFunction<Answer> server;

	private int run;

	private Boolean last;

	SimulatedWorker(Timings timings, LongFunction<Answer> server) {
		this.timings = timings;
		this.server = server;
	}

	/**
	 * When the state becomes this for the first time after a moment, or -1.
	 */
	long becomes(boolean healthy, boolean initially, long after) {
		boolean state = initially;
		long now = 0;
		while (now < HORIZON) {
			long end = now;
			if (now >= this.timings.initialDelaySeconds() * 1000L) {
				Answer answer = this.server.apply(now);
				end = now + answer.millis();
				boolean next = count(answer.passes(), state);
				if (next != state && next == healthy && end >= after) {
					return end;
				}
				state = next;
			}
			now = nextTick(now, end);
		}
		return -1;
	}

	long firstCheck() {
		long[] first = { -1 };
		new SimulatedWorker(this.timings, (now) -> {
			first[0] = (first[0] < 0) ? now : first[0];
			return Answer.PASS;
		}).becomes(true, false, 0);
		return first[0];
	}

	private boolean count(boolean passes, boolean state) {
		this.run = (this.last != null && this.last == passes) ? this.run + 1 : 1;
		this.last = passes;
		int threshold = passes ? this.timings.successThreshold() : this.timings.failureThreshold();
		return (this.run >= threshold) ? passes : state;
	}

	private long nextTick(long start, long end) {
		long period = this.timings.periodSeconds() * 1000L;
		long firstSince = (start / period + 1) * period;
		return Math.max(firstSince, end);
	}

	record Answer(boolean passes, long millis) {

		static final Answer PASS = new Answer(true, 0);

		static final Answer REFUSED = new Answer(false, 0);

	}

}
