package io.eas.benchmarks.picks;

import java.util.List;

import io.eas.benchmarks.report.Numbers;
import io.eas.benchmarks.report.Report;
import io.eas.benchmarks.report.Table;
import io.eas.benchmarks.report.Target;

/**
 * Measures how picks are distributed, by counting them, but not their cost.
 *
 * @param lists the number of sets of weights
 * @param calls the number of calls that fail and are retried
 * @param changes how often the list changes
 */
record Fairness(int lists, int calls, int changes) {

	private static final int INSTANCES = 100;

	private static final Weights UNEQUAL = new Weights(1000, 1, 1);

	private static final int ATTEMPTS = 3;

	/**
	 * The factor by which the number of calls is smaller for Spring's picks by weight.
	 * Each of these takes a millisecond, but other picks take some nanoseconds.
	 */
	private static final int SLOWER = 20;

	void report(Report report) {
		smoothness(report);
		retries(report);
		changes(report);
	}

	private void smoothness(Report report) {
		Table table = new Table("picks", "largest prefix deviation", "longest run", "largest gap over ideal",
				"error of any W picks");
		for (Pickers each : List.of(Pickers.OURS, Pickers.ARMERIA)) {
			Smoothness worst = new Smoothness(0, 0, 0, 0);
			for (int seed = 1; seed <= this.lists; seed++) {
				Weights weights = Weights.drawn(INSTANCES, seed);
				worst = worst.worse(Smoothness.of(weights, each.over(weights)::next));
			}
			table.row(each, Numbers.shown(worst.deviation()), worst.run(), Numbers.shown(worst.gap()),
					worst.windowError());
			if (each == Pickers.OURS) {
				report.targets(List.of(Target.countAtMost("error of any W picks", worst.windowError(), 0),
						Target.atMost("largest prefix deviation", worst.deviation(), 4),
						Target.atMost("largest gap over ideal", worst.gap(), 2.5)));
			}
		}
		report.table(INSTANCES + " instances with weights of 1 to 1000, the worst of " + this.lists + " lists", table);
	}

	private void retries(Report report) {
		Table table = new Table("picks", "calls", "second attempt where the first was",
				"third where one of the two was");
		for (Pickers each : Pickers.values()) {
			Picks picks = each.over(UNEQUAL);
			int count = (each == Pickers.SPRING) ? this.calls / SLOWER : this.calls;
			int[] again = new int[ATTEMPTS];
			for (int call = 0; call < count; call++) {
				boolean[] repeated = picks.attempts(ATTEMPTS);
				for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
					again[attempt] += repeated[attempt] ? 1 : 0;
				}
			}
			table.row(each, Numbers.shown((long) count), Numbers.shown((long) again[1]),
					Numbers.shown((long) again[2]));
			if (each == Pickers.OURS) {
				report.targets(List.of(Target.countAtMost("tried instances picked again", again[1] + again[2], 0)));
			}
		}
		report.table("Three instances with weights 1000, 1 and 1, three attempts a call", table);
	}

	private void changes(Report report) {
		Table table = new Table("picks", "changes", "picks beyond an instance's share", "least served over its share");
		Weights weights = Weights.drawn(INSTANCES, 1);
		for (Pickers each : List.of(Pickers.OURS, Pickers.ARMERIA)) {
			ChangingList changing = ChangingList.of(weights, each.over(weights), this.changes);
			table.row(each, Numbers.shown((long) this.changes), Numbers.shown(100 * changing.misplaced()) + " %",
					Numbers.shown(changing.leastServed()));
			if (each == Pickers.OURS) {
				report.targets(
						List.of(Target.atMost("share error while the list changes, %", 100 * changing.misplaced(), 1),
								new Target("least served over its share", changing.leastServed(), Target.Bound.AT_LEAST,
										0.5, false)));
			}
		}
		report.table(INSTANCES + " instances with weights of 1 to 1000, one more coming or going every 10 picks",
				table);
	}

}
