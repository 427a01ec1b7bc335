package io.eas.benchmarks.scale;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import io.eas.benchmarks.calls.Spread;
import io.eas.benchmarks.instances.Conversation;
import io.eas.benchmarks.instances.EchoProcess;
import io.eas.benchmarks.instances.InstanceSettings;
import io.eas.benchmarks.report.Report;
import io.eas.benchmarks.report.Table;
import io.eas.benchmarks.report.Target;

/**
 * Measures many callers of one client in one process: in turn, callers that block virtual
 * threads, and reactive callers, which hold no threads. Blocks.
 *
 * @param callers the number of callers
 * @param rounds the number of rounds
 * @param warmUp the warm-up time of each kind of callers, once at the beginning
 * @param measured the time of each measurement
 */
record CallerScale(int callers, int rounds, Duration warmUp, Duration measured) {

	private static final int INSTANCES = 3;

	private static final InstanceSettings INSTANCE = new InstanceSettings(Duration.ofMillis(1), false, 4096);

	/**
	 * The JVM options, including one that prevents the warning of newer JDKs about
	 * Netty's native transport.
	 */
	private static final List<String> JVM = List.of("-Xmx512m", "-Xms512m", "-XX:+UseParallelGC",
			"--enable-native-access=ALL-UNNAMED");

	void report(JavaHome java, Report report, PrintWriter progress) {
		List<EchoProcess> instances = EchoProcess.start(Collections.nCopies(INSTANCES, INSTANCE));
		try {
			List<String> arguments = Stream
				.concat(Stream.of(String.valueOf(this.callers)), instances.stream().map(EchoProcess::address))
				.toList();
			try (Conversation program = Conversation.start(java.path(), JVM, CallersProgram.class, arguments)) {
				program.awaitReady();
				report(program, report, progress);
			}
		}
		finally {
			instances.forEach(EchoProcess::close);
		}
	}

	private void report(Conversation program, Report report, PrintWriter progress) {
		List<CallersSample> warmUps = List.of(run(program, CallersProgram.BLOCKING, this.warmUp),
				run(program, CallersProgram.REACTIVE, this.warmUp));
		List<CallersSample> blocking = new ArrayList<>();
		List<CallersSample> reactive = new ArrayList<>();
		for (int round = 1; round <= this.rounds; round++) {
			progress.println("callers, round " + round + " of " + this.rounds);
			progress.flush();
			blocking.add(run(program, CallersProgram.BLOCKING, this.measured));
			reactive.add(run(program, CallersProgram.REACTIVE, this.measured));
		}
		Table table = new Table("callers", "calls/s", "over reactive", "p50 ms", "p99 ms", "over reactive", "failed",
				"pinned");
		row(table, this.callers + ", each blocks a virtual thread", blocking, reactive);
		row(table, this.callers + ", reactive", reactive, reactive);
		report.table("Many callers of one client", table);
		long failed = Stream.of(warmUps, blocking, reactive)
			.flatMap(List::stream)
			.mapToLong(CallersSample::failed)
			.sum();
		report.targets(List.of(
				Target.throughputAtLeast("many callers: blocking over reactive, throughput",
						ratio(blocking, reactive, CallersSample::throughput).median(), 0.95),
				Target.countAtMost("many callers: failed calls", failed, 0),
				Target.costAtMost("many callers: virtual threads pinned for 20 ms or longer",
						(double) blocking.stream().mapToLong(CallersSample::pinned).sum(), 0)));
	}

	private static CallersSample run(Conversation program, String how, Duration time) {
		return CallersSample.parse(program.ask(how + " " + time));
	}

	private static void row(Table table, String who, List<CallersSample> samples, List<CallersSample> base) {
		table.row(who, spread(samples, CallersSample::throughput), ratio(samples, base, CallersSample::throughput),
				spread(samples, CallersSample::p50), spread(samples, CallersSample::p99),
				ratio(samples, base, CallersSample::p99), samples.stream().mapToLong(CallersSample::failed).sum(),
				samples.stream().mapToLong(CallersSample::pinned).sum());
	}

	private static Spread spread(List<CallersSample> samples, ToDoubleFunction<CallersSample> value) {
		return Spread.of(samples.stream().map(value::applyAsDouble).toList());
	}

	private static Spread ratio(List<CallersSample> above, List<CallersSample> below,
			ToDoubleFunction<CallersSample> value) {
		List<Double> ratios = new ArrayList<>();
		for (int round = 0; round < above.size(); round++) {
			ratios.add(value.applyAsDouble(above.get(round)) / value.applyAsDouble(below.get(round)));
		}
		return Spread.of(ratios);
	}

}
