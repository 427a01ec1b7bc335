package io.eas.benchmarks.load;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import org.HdrHistogram.ConcurrentHistogram;

/**
 * The latencies and outcomes of calls. Latencies are exact to 0.1 %; those above two
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
	 * Returns the number of calls that have ended, including failed ones.
	 * @return the count
	 */
	public long calls() {
		return this.micros.getTotalCount();
	}

	/**
	 * Returns the number of failed calls.
	 * @return the count
	 */
	public long failed() {
		return this.failures.values().stream().mapToLong(LongAdder::sum).sum();
	}

	/**
	 * Returns the number of answered calls.
	 * @return the count
	 */
	public long answered() {
		return calls() - failed();
	}

	/**
	 * Returns the number of failed calls by reason.
	 * @return the counts by simple name of the exception, ordered by name
	 */
	public Map<String, Long> failures() {
		Map<String, Long> counts = new TreeMap<>();
		this.failures.forEach((name, count) -> counts.put(name, count.sum()));
		return counts;
	}

	/**
	 * Returns the number of attempts of all calls.
	 * @return the count
	 */
	public long attempts() {
		return this.attempts.sum();
	}

	/**
	 * Returns the average number of attempts per call.
	 * @return 1 without retries; 0 without calls
	 */
	public double attemptsPerCall() {
		return (calls() != 0) ? (double) attempts() / calls() : 0;
	}

	/**
	 * Returns the latency of the longest call.
	 * @return the time in milliseconds; 0 without calls
	 */
	public double worstMillis() {
		return (calls() != 0) ? this.micros.getMaxValue() / 1000.0 : 0;
	}

	/**
	 * Returns a percentile of the latency.
	 * @param percent the percentile, such as 99.9
	 * @return the time in milliseconds; 0 without calls
	 */
	public double millis(double percent) {
		return this.micros.getValueAtPercentile(percent) / 1000.0;
	}

}
