package io.eas.benchmarks.picks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.eas.benchmarks.report.Numbers;
import io.eas.benchmarks.report.Table;
import io.eas.benchmarks.report.Target;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * The results of JMH, grouped by benchmark and number of instances. Not thread-safe.
 */
final class CostTable {

	private static final String BYTES = "gc.alloc.rate.norm";

	private static final String CORE = CorePickBenchmark.class.getSimpleName() + ".";

	private static final String CHOOSE = ChooseBenchmark.class.getSimpleName() + ".";

	private final Map<String, Map<Integer, Cost>> costs = new TreeMap<>();

	void add(RunResult result) {
		String[] name = result.getParams().getBenchmark().split("\\.");
		int instances = Integer.parseInt(result.getParams().getParam("instances"));
		this.costs.computeIfAbsent(name[name.length - 2] + "." + name[name.length - 1], (key) -> new TreeMap<>())
			.put(instances, new Cost(result.getPrimaryResult().getScore(), bytes(result)));
	}

	private static double bytes(RunResult result) {
		Result<?> bytes = result.getSecondaryResults().get(BYTES);
		return (bytes != null) ? bytes.getScore() : Double.NaN;
	}

	private Cost of(String benchmark, int instances) {
		Cost cost = this.costs.getOrDefault(benchmark, Map.of()).get(instances);
		if (cost == null) {
			throw new IllegalStateException("there is no result of " + benchmark + " with " + instances);
		}
		return cost;
	}

	Table table() {
		Table table = new Table("benchmark", "n = 3", "n = 10", "n = 100", "n = 10,000", "10,000 over 10");
		this.costs.forEach((benchmark, byInstances) -> {
			List<Object> row = new ArrayList<>(List.of(benchmark));
			for (int instances : new int[] { 3, 10, 100, 10_000 }) {
				Cost cost = byInstances.get(instances);
				row.add((cost != null) ? cost : "");
			}
			row.add(hasRatio(benchmark) ? Numbers.shown(ratio(benchmark)) : "");
			table.row(row.toArray());
		});
		return table;
	}

	private boolean hasRatio(String benchmark) {
		return this.costs.getOrDefault(benchmark, Map.of()).keySet().containsAll(List.of(10, 10_000));
	}

	private double ratio(String benchmark) {
		return of(benchmark, 10_000).nanos() / of(benchmark, 10).nanos();
	}

	List<Target> targets() {
		List<Target> targets = new ArrayList<>();
		if (hasRatio(CORE + "ours")) {
			targets.add(Target.costAtMost("core pick, n = 10,000 over n = 10", ratio(CORE + "ours"), 1.5));
		}
		for (int instances : this.costs.getOrDefault(CHOOSE + "ours", Map.of()).keySet()) {
			Cost pick = of(CORE + "ours", instances);
			Cost choose = of(CHOOSE + "ours", instances);
			Cost spring = of(CHOOSE + "springRoundRobin", instances);
			targets.add(Target.costAtMost("core pick, ns, n = " + instances, pick.nanos(), 20));
			targets.add(Target.costAtMost("core pick, bytes, n = " + instances, Math.rint(pick.bytes()), 0));
			targets.add(Target.costAtMost("choose() over Spring's round robin, time, n = " + instances,
					choose.nanos() / spring.nanos(), 1));
			targets.add(Target.costAtMost("choose() over Spring's round robin, bytes, n = " + instances,
					choose.bytes() / spring.bytes(), 0.5));
		}
		return targets;
	}

	/**
	 * The cost of one operation.
	 *
	 * @param nanos the time in nanoseconds
	 * @param bytes the allocated bytes
	 */
	private record Cost(double nanos, double bytes) {

		@Override
		public String toString() {
			return Numbers.shown(this.nanos) + " ns, " + Numbers.shown(Math.rint(this.bytes)) + " B";
		}

	}

}
