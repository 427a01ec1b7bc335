package io.eas.benchmarks.calls;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

import io.eas.benchmarks.calls.CallerProgram.Stint;
import io.eas.benchmarks.instances.EchoProcess;
import io.eas.benchmarks.instances.InstanceSettings;
import io.eas.benchmarks.paths.Variant;

/**
 * Measures variants in turn, in several rounds. Blocks.
 *
 * @param variants the variants to measure
 * @param callers the numbers of concurrent callers, measured one after the other
 * @param rounds the number of rounds
 * @param warmUp the warm-up time of each variant, once at the beginning
 * @param before the unmeasured time before each measurement
 * @param measured the time of each measurement
 */
record CallSuite(Set<Variant> variants, List<Integer> callers, int rounds, Duration warmUp, Duration before,
		Duration measured) {

	private static final int INSTANCES = 3;

	private static final int WARM_UP_CALLERS = 16;

	private static final InstanceSettings INSTANCE = new InstanceSettings(Duration.ZERO, false, 1024);

	Results run(PrintWriter progress) {
		List<EchoProcess> instances = EchoProcess.start(Collections.nCopies(INSTANCES, INSTANCE));
		try {
			List<CallerProcess> processes = CallerProcess.start(this.variants,
					instances.stream().map(EchoProcess::address).toList());
			try {
				return run(processes, progress);
			}
			finally {
				processes.forEach(CallerProcess::close);
			}
		}
		finally {
			instances.forEach(EchoProcess::close);
		}
	}

	private Results run(List<CallerProcess> processes, PrintWriter progress) {
		processes.forEach((process) -> {
			say(progress, "warm-up: " + process.variant());
			process.call(new Stint(WARM_UP_CALLERS, this.warmUp, this.before));
		});
		Results results = new Results();
		List<CallerProcess> order = new ArrayList<>(processes);
		for (int round = 1; round <= this.rounds; round++) {
			for (int count : this.callers) {
				say(progress, "round " + round + " of " + this.rounds + ": callers " + count);
				Stint stint = new Stint(count, this.before, this.measured);
				order.forEach((process) -> results.add(count, process.variant(), process.call(stint)));
			}
			// so that no variant always follows the same other variant
			Collections.shuffle(order, new Random(round));
		}
		return results;
	}

	private static void say(PrintWriter progress, String what) {
		progress.println(what);
		progress.flush();
	}

}
