package io.eas.loadbalancer.selection;

import java.util.concurrent.TimeUnit;

/**
 * How long the slowest answer of late took: of the last 10 to 20 seconds. Written by any
 * thread without a lock, where now and then a value may get lost; rolled on by one.
 */
final class SlowestAnswer {

	private static final long WINDOW = TimeUnit.SECONDS.toNanos(10);

	private volatile long current;

	private volatile long previous;

	private long begun;

	SlowestAnswer(long now) {
		this.begun = now;
	}

	void record(long nanos) {
		if (nanos > this.current) {
			this.current = nanos;
		}
	}

	void roll(long now) {
		if (now - this.begun > WINDOW) {
			this.begun = now;
			this.previous = this.current;
			this.current = 0;
		}
	}

	long nanos() {
		return Math.max(this.current, this.previous);
	}

}
