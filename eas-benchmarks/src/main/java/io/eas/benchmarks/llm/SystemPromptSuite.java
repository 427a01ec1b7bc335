package io.eas.benchmarks.llm;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.eas.benchmarks.llm.Scenario.Signals;
import io.eas.benchmarks.report.Report;
import io.eas.benchmarks.report.Table;
import io.eas.benchmarks.report.Target;

/**
 * Measures the prefix-aware algorithm with generated traces, whose prompts share a system
 * prompt and nothing else. Such prompts must not queue at the instance that has cached
 * the system prompt. Not thread-safe.
 */
final class SystemPromptSuite {

	private static final double NEVER_WORSE = 1.05;

	private static final List<Scenario> SCENARIOS = List.of(Scenario.of("1 client", 1, 800),
			Scenario.of("4 clients", 4, 800), Scenario.of("16 clients", 16, 800),
			Scenario.of("16 clients, signals", 16, 800).with(Signals.TRUE));

	private final List<Case> cases;

	private final Runs runs;

	SystemPromptSuite(int requests, Runs runs) {
		this.runs = runs;
		this.cases = List.of(Case.of(requests, 3, 1, 32), Case.of(requests, 10, 1, 32), Case.of(requests, 20, 1, 32),
				Case.of(requests, 10, 1, 4), Case.of(requests, 10, 5, 32), Case.of(requests, 10, 20, 32),
				Case.of(requests, 10, 20, 4));
	}

	/** Shows all cases, by number of clients. */
	void show(Report report) {
		Table table = new Table("system prompts", "1 client", "4 clients", "16 clients", "16 clients, signals");
		for (Case each : this.cases) {
			Object[] cells = new Object[1 + SCENARIOS.size()];
			cells[0] = each.name();
			for (int i = 0; i < SCENARIOS.size(); i++) {
				cells[i + 1] = String.format(Locale.ROOT, "%.2f s, %.2f",
						this.runs.waits(each.trace(), SCENARIOS.get(i), Balancer.PREFIX_AWARE).p90(),
						this.runs.overLeastRequest(each.trace(), SCENARIOS.get(i), Balancer.PREFIX_AWARE));
			}
			table.row(cells);
		}
		report.table("Prefix-aware with system prompts and 512 tokens of one's own, p90, and p90 over least request",
				table);
	}

	List<Target> targets() {
		List<Target> targets = new ArrayList<>();
		for (Case each : this.cases) {
			for (Scenario scenario : SCENARIOS) {
				targets.add(Target.atMost(each.name() + ", " + scenario.name() + ", p90 over least request",
						this.runs.overLeastRequest(each.trace(), scenario, Balancer.PREFIX_AWARE), NEVER_WORSE));
			}
		}
		return targets;
	}

	/** A trace and its name. */
	private record Case(String name, Trace trace) {

		static Case of(int requests, double perSecond, int systems, int blocks) {
			return new Case(
					String.format(Locale.ROOT, "%d of %,d tokens, %.0f/s", systems, blocks * Trace.BLOCK, perSecond),
					Trace.withSystemPrompts(requests, perSecond, systems, blocks));
		}

	}

}
