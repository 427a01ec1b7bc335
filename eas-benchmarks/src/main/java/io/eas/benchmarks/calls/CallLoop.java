package io.eas.benchmarks.calls;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.eas.benchmarks.load.Pause;
import io.eas.benchmarks.paths.CallPath;
import io.eas.benchmarks.paths.Turn;
import org.HdrHistogram.AtomicHistogram;

/**
 * A closed loop with almost no cost of its own: each caller makes its next call on the
 * thread on which its previous call was answered. Can be used once.
 */
final class CallLoop {

	private static final long LEAST_NANOS = 100;

	private static final long MOST_NANOS = TimeUnit.MINUTES.toNanos(1);

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final AtomicHistogram nanos = new AtomicHistogram(LEAST_NANOS, MOST_NANOS, 3);

	private final AtomicLong failed = new AtomicLong();

	private final CallPath path;

	private final int callers;

	private final CountDownLatch end;

	private volatile boolean measuring;

	private volatile boolean over;

	CallLoop(CallPath path, int callers) {
		this.path = path;
		this.callers = callers;
		this.end = new CountDownLatch(callers);
	}

	/**
	 * Runs the callers. Blocks until all calls have ended.
	 * @param before the unmeasured time at the beginning
	 * @param measured the measured time
	 * @throws IllegalStateException if a call doesn't end
	 */
	Sample run(Duration before, Duration measured) {
		for (int n = 0; n < this.callers; n++) {
			new CallersTurn().next();
		}
		Pause.of(before);
		Spent first = Spent.now();
		this.measuring = true;
		Pause.of(measured);
		this.measuring = false;
		Spent last = Spent.now();
		this.over = true;
		if (!Pause.until(this.end, PATIENCE)) {
			throw new IllegalStateException("a call has not ended within " + PATIENCE.toSeconds() + " s");
		}
		return new Sample(this.nanos.getTotalCount(), this.failed.get(), last.nanos() - first.nanos(),
				last.cpuNanos() - first.cpuNanos(), first.bytesUntil(last), this.nanos.getValueAtPercentile(50),
				this.nanos.getValueAtPercentile(99), this.nanos.getValueAtPercentile(99.9));
	}

	/**
	 * One caller.
	 */
	private final class CallersTurn extends Turn {

		private long started;

		private void next() {
			if (CallLoop.this.over) {
				CallLoop.this.end.countDown();
			}
			else {
				this.started = System.nanoTime();
				CallLoop.this.path.call(this);
			}
		}

		@Override
		protected void answered() {
			if (CallLoop.this.measuring) {
				CallLoop.this.nanos.recordValue(Math.min(MOST_NANOS, System.nanoTime() - this.started));
			}
			next();
		}

		/** Ends this caller, because calls that fail at once would repeat endlessly. */
		@Override
		protected void failed(Throwable failure) {
			if (CallLoop.this.failed.getAndIncrement() == 0) {
				failure.printStackTrace();
			}
			CallLoop.this.end.countDown();
		}

	}

}
