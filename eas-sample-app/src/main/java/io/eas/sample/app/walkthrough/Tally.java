package io.eas.sample.app.walkthrough;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts outcomes. Not thread-safe.
 */
final class Tally {

	private static final double WANTED_ACCURACY = 0.95;

	private int calls;

	private int right;

	private int retries;

	private final List<String> failures = new ArrayList<>();

	private final Map<String, Integer> byInstance = new TreeMap<>();

	void add(Outcome outcome) {
		this.calls++;
		this.retries += Math.max(0, outcome.attempts() - 1);
		if (outcome.failure() != null) {
			this.failures.add(outcome.failure());
			return;
		}
		this.right += outcome.right() ? 1 : 0;
		this.byInstance.merge(outcome.address(), 1, Integer::sum);
	}

	int calls() {
		return this.calls;
	}

	int right() {
		return this.right;
	}

	int retries() {
		return this.retries;
	}

	List<String> failures() {
		return this.failures;
	}

	int calls(String address) {
		return this.byInstance.getOrDefault(address, 0);
	}

	double accuracy() {
		return (this.calls != 0) ? (double) this.right / this.calls : 0;
	}

	/**
	 * Returns whether every call was answered and nearly all answers were right.
	 * @param expected the expected number of calls
	 */
	boolean isGood(int expected) {
		return this.calls == expected && this.failures.isEmpty() && accuracy() >= WANTED_ACCURACY;
	}

}
