package io.eas.benchmarks.scale;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;

import io.eas.benchmarks.calls.Spread;
import io.eas.instance.EasInstance;
import tools.jackson.databind.JsonNode;

/**
 * Measures the steps of polls that alternate between two responses. Not thread-safe.
 */
final class PollCase {

	private static final int STEPS = 4;

	private final OurPolls polls = new OurPolls();

	private final String name;

	private final byte[] first;

	private final byte[] second;

	/** The times by step in milliseconds, one value per round. */
	private final List<List<Double>> rounds = new ArrayList<>();

	PollCase(String name, byte[] first, byte[] second) {
		this.name = name;
		this.first = first;
		this.second = second;
		for (int step = 0; step < STEPS; step++) {
			this.rounds.add(new ArrayList<>());
		}
	}

	/** Makes a number of polls without measuring. */
	void warmUp(int count) {
		for (int n = 0; n < count; n++) {
			poll(n);
		}
	}

	/** Measures a round of polls. Its result is the median time of each step. */
	void measure(int count) {
		long[][] nanos = new long[STEPS][count];
		for (int n = 0; n < count; n++) {
			long[] taken = poll(n);
			for (int step = 0; step < STEPS; step++) {
				nanos[step][n] = taken[step];
			}
		}
		for (int step = 0; step < STEPS; step++) {
			Arrays.sort(nanos[step]);
			this.rounds.get(step).add(nanos[step][count / 2] / 1e6);
		}
	}

	private long[] poll(int n) {
		long started = System.nanoTime();
		JsonNode tree = this.polls.tree((n % 2 == 0) ? this.first : this.second);
		long parsed = System.nanoTime();
		List<EasInstance> instances = this.polls.instances(tree);
		long read = System.nanoTime();
		this.polls.take(instances);
		long taken = System.nanoTime();
		this.polls.pick();
		return new long[] { parsed - started, read - parsed, taken - read, System.nanoTime() - taken };
	}

	String name() {
		return this.name;
	}

	/**
	 * Returns, for each round, the time to create the picker divided by the time to parse
	 * and convert the response.
	 */
	Spread pickerOverReading() {
		return ratio((round) -> this.rounds.get(0).get(round) + this.rounds.get(1).get(round));
	}

	/**
	 * Returns, for each round, the time to create the picker divided by the time to parse
	 * the JSON alone.
	 */
	Spread pickerOverJson() {
		return ratio((round) -> this.rounds.get(0).get(round));
	}

	private Spread ratio(IntToDoubleFunction below) {
		List<Double> ratios = new ArrayList<>();
		for (int round = 0; round < this.rounds.get(0).size(); round++) {
			ratios.add(this.rounds.get(STEPS - 1).get(round) / below.applyAsDouble(round));
		}
		return Spread.of(ratios);
	}

	Object[] row() {
		List<Object> row = new ArrayList<>(List.of(this.name));
		this.rounds.forEach((step) -> row.add(Spread.of(step)));
		row.add(pickerOverReading());
		row.add(pickerOverJson());
		return row.toArray();
	}

}
