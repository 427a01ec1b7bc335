package io.eas.benchmarks.bodies;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import io.eas.benchmarks.load.DirectMemory;
import io.eas.benchmarks.load.Every;
import io.eas.benchmarks.load.Pause;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Reads less than an instance sends: reads an endless stream slowly, and cancels other
 * responses halfway. Not thread-safe.
 */
final class Reading {

	/** The length of a stream that practically never ends, in bytes. */
	static final long ENDLESS = 512L * Transfer.MEGABYTE;

	private static final long HALVED = 64L * Transfer.MEGABYTE;

	/** The length of a body that is collected in memory, in bytes. */
	private static final long COLLECTED = 16L * Transfer.MEGABYTE;

	private static final Duration PAUSE = Duration.ofMillis(40);

	private static final Duration LOOK_PACE = Duration.ofMillis(100);

	/** The time after which an instance has filled all buffers and sends nothing more. */
	private static final Duration SETTLING = Duration.ofMillis(500);

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final BodyPath path;

	private @Nullable SlowReader reader;

	Reading(BodyPath path) {
		this.path = path;
	}

	/** Reads a number of bytes slowly, then holds the stream without reading on. */
	Held hold(long enough) {
		long before = inUse();
		AtomicLong most = new AtomicLong(before);
		SlowReader slow = new SlowReader(enough, PAUSE);
		this.reader = slow;
		Every looks = new Every(LOOK_PACE, () -> most.accumulateAndGet(inUse(), Math::max));
		try {
			this.path.stream(ENDLESS).subscribe(slow);
			slow.await();
			Pause.of(SETTLING);
		}
		finally {
			looks.close();
		}
		return new Held(slow.read(), before, most.get());
	}

	/** Returns the memory in use after a garbage collection. */
	private static long inUse() {
		System.gc();
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() + DirectMemory.used();
	}

	/** Cancels the held stream. */
	void cancel() {
		SlowReader held = this.reader;
		if (held != null) {
			held.cancel();
		}
	}

	/** Starts a number of transfers and cancels each halfway, one after the other. */
	void halves(int count) {
		for (int n = 0; n < count; n++) {
			half(n).blockOptional(PATIENCE);
		}
	}

	/**
	 * Returns a transfer that cancels itself: alternately a stream, after half of its
	 * bytes, and a collected body, after 2 to 10 ms.
	 */
	private Mono<?> half(int n) {
		return (n % 2 == 0)
				? this.path.stream(HALVED).scan(0L, Long::sum).takeUntil((read) -> read >= HALVED / 2).then()
				: this.path.down(BodyServer.BYTES, COLLECTED).takeUntilOther(Mono.delay(Duration.ofMillis(1 + n % 10)));
	}

}
