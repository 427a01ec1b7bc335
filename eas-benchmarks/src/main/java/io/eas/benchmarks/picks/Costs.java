package io.eas.benchmarks.picks;

import java.util.List;

import io.eas.benchmarks.report.Report;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures the cost of picks with JMH, in a single run.
 *
 * @param forks the number of processes per benchmark; 0 for this process, which is quick
 * but inexact
 * @param iterations the number of measurements per process, and of warm-up iterations
 * before them
 * @param iteration the time of a measurement
 * @param instances the numbers of instances; if empty, those that the benchmarks declare
 * @param progress how much JMH writes to the standard error stream
 */
record Costs(int forks, int iterations, TimeValue iteration, List<Integer> instances, VerboseMode progress) {

	/**
	 * Runs all benchmarks.
	 * @param report receives the results
	 * @throws RunnerException if a benchmark fails
	 */
	void report(Report report) throws RunnerException {
		CostTable costs = new CostTable();
		for (RunResult result : new Runner(options(),
				OutputFormatFactory.createFormatInstance(System.err, this.progress))
			.run()) {
			costs.add(result);
		}
		report.table("A pick, ns and bytes allocated", costs.table());
		report.targets(costs.targets());
	}

	private Options options() {
		ChainedOptionsBuilder options = new OptionsBuilder().include(CorePickBenchmark.class.getName())
			.include(ChooseBenchmark.class.getName())
			.addProfiler(GCProfiler.class)
			.shouldFailOnError(true)
			.forks(this.forks)
			.jvmArgs("-Xmx1g")
			.warmupIterations(this.iterations)
			.warmupTime(this.iteration)
			.measurementIterations(this.iterations)
			.measurementTime(this.iteration);
		if (!this.instances.isEmpty()) {
			options.param("instances", this.instances.stream().map(String::valueOf).toArray(String[]::new));
		}
		return options.build();
	}

}
