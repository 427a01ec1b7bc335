package io.eas.benchmarks.bodies;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.eas.benchmarks.load.Pause;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.scheduler.Schedulers;

/**
 * Requests one piece of a stream at a time, with a pause after each megabyte, up to a
 * number of bytes. Then requests no more and holds the stream until the subscription is
 * cancelled. Starts to read on subscription.
 */
final class SlowReader extends BaseSubscriber<Integer> {

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	private final CountDownLatch end = new CountDownLatch(1);

	private final long enough;

	private final Duration pause;

	private volatile long read;

	SlowReader(long enough, Duration pause) {
		this.enough = enough;
		this.pause = pause;
	}

	/** Returns the number of bytes read so far. */
	long read() {
		return this.read;
	}

	/**
	 * Blocks until enough bytes have been read, or the stream has ended.
	 * @throws IllegalStateException if neither happens in time
	 */
	void await() {
		if (!Pause.until(this.end, PATIENCE)) {
			throw new IllegalStateException("a stream gave only " + this.read + " bytes");
		}
	}

	@Override
	protected void hookOnSubscribe(Subscription subscription) {
		request(1);
	}

	@Override
	protected void hookOnNext(Integer count) {
		long before = this.read;
		long now = before + count;
		this.read = now;
		if (now >= this.enough) {
			this.end.countDown();
		}
		else if (now / Transfer.MEGABYTE != before / Transfer.MEGABYTE) {
			Schedulers.parallel().schedule(() -> request(1), this.pause.toNanos(), TimeUnit.NANOSECONDS);
		}
		else {
			request(1);
		}
	}

	@Override
	protected void hookOnComplete() {
		this.end.countDown();
	}

	@Override
	protected void hookOnError(Throwable failure) {
		this.end.countDown();
	}

}
