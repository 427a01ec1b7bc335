package io.eas.emulator.instance;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import io.eas.emulator.net.ResponseWriter;

/**
 * Counts requests, and responses by status. Thread-safe.
 */
final class RequestCounter {

	private final LongAdder arrived = new LongAdder();

	private final LongAdder ended = new LongAdder();

	private final Map<Integer, LongAdder> answered = new ConcurrentHashMap<>();

	void arrived() {
		this.arrived.increment();
	}

	void ended() {
		this.ended.increment();
	}

	/**
	 * Returns the number of requests under way. The ended requests are summed first, so
	 * that the difference is never negative.
	 */
	long inFlight() {
		long over = this.ended.sum();
		return this.arrived.sum() - over;
	}

	long count() {
		return this.arrived.sum();
	}

	Map<Integer, Long> byStatus() {
		Map<Integer, Long> counts = new TreeMap<>();
		this.answered.forEach((status, count) -> counts.put(status, count.sum()));
		return counts;
	}

	ResponseWriter counting(ResponseWriter answer) {
		return (status, headers, body) -> {
			this.answered.computeIfAbsent(status, (first) -> new LongAdder()).increment();
			return answer.write(status, headers, body);
		};
	}

}
