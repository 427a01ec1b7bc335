package io.eas.benchmarks.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.eas.benchmarks.clients.EasCaller;
import io.eas.benchmarks.clients.Timeouts;
import io.eas.benchmarks.instances.LocalService;
import io.eas.benchmarks.load.ClosedLoop;
import io.eas.benchmarks.load.Every;
import io.eas.benchmarks.load.Measurement;

/**
 * A long run of calls, while instances are replaced. Blocks.
 *
 * @param calls the number of calls
 * @param callers the number of concurrent callers
 * @param pace the time from one replacement of an instance to the next
 * @param looks how many times the footprint is measured
 */
record Soak(long calls, int callers, Duration pace, int looks) {

	private static final int INSTANCES = 3;

	private static final Duration LOOK_PACE = Duration.ofMillis(50);

	private static final Timeouts TIMEOUTS = new Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(10));

	Result run() {
		try (LocalService local = new LocalService(INSTANCES, Duration.ZERO);
				EasCaller client = EasCaller.of(local.eas().endpoint(), LocalService.INTERVAL, TIMEOUTS, List.of());
				Every replacing = new Every(this.pace, local::replaceOldest)) {
			Measurement measured = new Measurement();
			List<Footprint> footprints = new ArrayList<>();
			long started = System.nanoTime();
			ClosedLoop loop = ClosedLoop.start(client.call(), this.callers, this.calls, measured);
			boolean ended = false;
			while (!ended) {
				ended = loop.awaitEnd(LOOK_PACE);
				if (measured.calls() >= (footprints.size() + 1) * (this.calls / this.looks)) {
					footprints.add(Footprint.now(client.meters()));
				}
			}
			return new Result(measured, footprints, replacing.times(), (System.nanoTime() - started) / 1e9);
		}
	}

	/**
	 * The result of the run.
	 *
	 * @param measured the measurement of the calls
	 * @param footprints the footprints of this JVM, oldest first
	 * @param replaced the number of replaced instances
	 * @param seconds the duration in seconds
	 */
	record Result(Measurement measured, List<Footprint> footprints, int replaced, double seconds) {

	}

}
