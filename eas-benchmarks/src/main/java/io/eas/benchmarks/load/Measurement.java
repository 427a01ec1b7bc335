package io.eas.benchmarks.load;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import org.HdrHistogram.ConcurrentHistogram;

/**
 * How long calls took, and how they ended. Latencies are exact to 0.1 %, those over two
 * minutes count as two minutes. Thread-safe.
 */
public final class Measurement implements CallListener {

	private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(2);

	private final ConcurrentHistogram micros = new ConcurrentHistogram(LONGEST_MICROS, 3);

	private final LongAdder attempts = new LongAdder();

	private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();

	@Override
	public void ended(long started, long ended, Outcome outcome) {
		this.micros.recordValue(Math.min(LONGEST_MICROS, TimeUnit.NANOSECONDS.toMicros(ended - started)));
		this.attempts.add(outcome.attempts());
		Throwable failure = outcome.failure();
		if (failure != null) {
			this.failures.computeIfAbsent(failure.getClass().getSimpleName(), (name) -> new LongAdder()).increment();
		}
	}

	/**
	 * All calls.
	 * @return how many have ended, failed ones included
	 */
	public long calls() {
		return this.micros.getTotalCount();
	}

	/**
	 * The calls without an answer.
	 * @return how many failed
	 */
	public long failed() {
		return this.failures.values().stream().mapToLong(LongAdder::sum).sum();
	}

	/**
	 * The calls with an answer.
	 * @return how many were answered
	 */
	public long answered() {
		return calls() - failed();
	}

	/**
	 * Why calls failed.
	 * @return the simple names of exceptions with counts, by name
	 */
	public Map<String, Long> failures() {
		Map<String, Long> counts = new TreeMap<>();
		this.failures.forEach((name, count) -> counts.put(name, count.sum()));
		return counts;
	}

	/**
	 * The attempts of all calls together.
	 * @return how many
	 */
	public long attempts() {
		return this.attempts.sum();
	}

	/**
	 * The attempts a call took on average.
	 * @return 1 without retries; 0 without calls
	 */
	public double attemptsPerCall() {
		return (calls() != 0) ? (double) attempts() / calls() : 0;
	}

	/**
	 * The longest call.
	 * @return in milliseconds; 0 without calls
	 */
	public double worstMillis() {
		return (calls() != 0) ? this.micros.getMaxValue() / 1000.0 : 0;
	}

	/**
	 * The time within which a share of the calls ended.
	 * @param percent such as 99.9
	 * @return in milliseconds; 0 without calls
	 */
	public double millis(double percent) {
		return this.micros.getValueAtPercentile(percent) / 1000.0;
	}

}
