package io.eas.benchmarks.llm;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

import io.eas.benchmarks.llm.Scenario.Signals;
import io.eas.emulator.llm.InferenceEngine;

/**
 * What one simulated client hears of the load of one engine. Not thread-safe.
 */
final class SimulatedReports {

	/** The time between two reports, in nanoseconds. */
	static final long PERIOD = 500_000_000L;

	private static final long FROZEN_AT = 120 * PERIOD;

	/** The number of reports that are newer than an old one. */
	private static final int AGE = 20;

	private final Signals signals;

	private final SimulatedClient client;

	private final int engine;

	/** Whether the reports come with answers, which say less. */
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

	/** Reports to the client. */
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
