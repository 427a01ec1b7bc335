package io.eas.benchmarks.llm;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

import io.eas.benchmarks.llm.Scenario.Signals;
import io.eas.emulator.llm.InferenceEngine;

/**
 * The load reports that one simulated client gets from one engine. Not thread-safe.
 */
final class SimulatedReports {

	/** The time between two reports, in nanoseconds. */
	static final long PERIOD = 500_000_000L;

	private static final long FROZEN_AT = 120 * PERIOD;

	/** By how many reports an old report is behind the current one. */
	private static final int AGE = 20;

	private final Signals signals;

	private final SimulatedClient client;

	private final int engine;

	/**
	 * Whether reports arrive as response headers, which contain only the number of
	 * waiting requests.
	 */
	private final boolean header;

	private final Random random;

	private final Deque<long[]> heard = new ArrayDeque<>();

	SimulatedReports(Scenario scenario, SimulatedClient client, int engine, Random random) {
		this.signals = scenario.signals();
		this.header = scenario.plain();
		this.client = client;
		this.engine = engine;
		this.random = random;
	}

	int engine() {
		return this.engine;
	}

	/** Sends a report to the client. */
	void report(InferenceEngine told, long now) {
		long[] fresh = { told.waiting(), told.running(), told.queriedTokens() - told.hitTokens() };
		long[] report = switch (this.signals) {
			case ZERO -> new long[3];
			case RANDOM ->
				new long[] { this.random.nextInt(30), this.random.nextInt(30), this.random.nextInt(1_000_000) };
			case OLD -> aged(fresh, AGE);
			case FROZEN -> (now < FROZEN_AT) ? fresh : aged(fresh, Integer.MAX_VALUE);
			default -> fresh;
		};
		this.client.report(this.engine, (int) report[0], this.header ? -1 : (int) report[1],
				this.header ? -1 : report[2]);
	}

	private long[] aged(long[] fresh, int most) {
		this.heard.add(fresh);
		while (this.heard.size() - 1 > most) {
			this.heard.remove();
		}
		return this.heard.element();
	}

}
